/**
 * What one run of a task goes through: statuses, route, attempts, failures, and its one outcome.
 */
@NullMarked
package io.taskwright.model.execution;

import org.jspecify.annotations.NullMarked;
