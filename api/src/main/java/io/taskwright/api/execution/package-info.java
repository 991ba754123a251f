/**
 * Executions as they are shown: lists, one of them, its timeline and what happens to it:
 * /executions.
 */
@NullMarked
package io.taskwright.api.execution;

import org.jspecify.annotations.NullMarked;
