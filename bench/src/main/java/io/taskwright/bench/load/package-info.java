/** Makes executions, many at once or one at a time, and times them. */
@NullMarked
package io.taskwright.bench.load;

import org.jspecify.annotations.NullMarked;
