/** Steering executions: /executions/{id}/cancel and the like, and starting them again. */
@NullMarked
package io.taskwright.api.control;

import org.jspecify.annotations.NullMarked;
