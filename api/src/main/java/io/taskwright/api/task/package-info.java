/** The catalogue: /tasks. */
@NullMarked
package io.taskwright.api.task;

import org.jspecify.annotations.NullMarked;
