/** Batches: one operation on many executions, with what came of each. */
@NullMarked
package io.taskwright.store.batch;

import org.jspecify.annotations.NullMarked;
