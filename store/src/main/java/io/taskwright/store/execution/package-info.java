/** Executions from acceptance to their end, their attempts, and what happened to them. */
@NullMarked
package io.taskwright.store.execution;

import org.jspecify.annotations.NullMarked;
