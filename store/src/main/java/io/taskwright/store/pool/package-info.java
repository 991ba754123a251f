/** Executors as they register themselves, and the pools that they make. */
@NullMarked
package io.taskwright.store.pool;

import org.jspecify.annotations.NullMarked;
