/** Processes of this machine as /proc shows them, and how they are asked to end. */
@NullMarked
package io.taskwright.app.process;

import org.jspecify.annotations.NullMarked;
