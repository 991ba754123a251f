/** Starting tasks, and saying what a start would do: /tasks/{task}/executions. */
@NullMarked
package io.taskwright.api.start;

import org.jspecify.annotations.NullMarked;
