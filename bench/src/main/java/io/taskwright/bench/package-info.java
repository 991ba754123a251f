/**
 * Measures what Taskwright costs beside plain Temporal, on the same machine and in the same run.
 */
@NullMarked
package io.taskwright.bench;

import org.jspecify.annotations.NullMarked;
