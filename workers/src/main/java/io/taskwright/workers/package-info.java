/** The workers of one process, and what keeps executions moving towards them. */
@NullMarked
package io.taskwright.workers;

import org.jspecify.annotations.NullMarked;
