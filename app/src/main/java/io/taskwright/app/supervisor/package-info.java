/** Starts the parts of the service, starts them again when they die, and ends them in order. */
@NullMarked
package io.taskwright.app.supervisor;

import org.jspecify.annotations.NullMarked;
