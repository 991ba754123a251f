/** The words of batches: what is done to many executions, and at what pace. */
@NullMarked
package io.taskwright.model.batch;

import org.jspecify.annotations.NullMarked;
