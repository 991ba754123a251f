/** Many executions that wait for limits: whether keys are treated alike, and what it costs. */
@NullMarked
package io.taskwright.bench.limit;

import org.jspecify.annotations.NullMarked;
