/** Starting, watching and ending executions: /executions. */
@NullMarked
package io.taskwright.api.execution;

import org.jspecify.annotations.NullMarked;
