/** Reads from the kernel what processor time each part has used. */
@NullMarked
package io.taskwright.bench.cost;

import org.jspecify.annotations.NullMarked;
