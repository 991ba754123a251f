/** Pools of executors: how these register, and what people see of them. */
@NullMarked
package io.taskwright.api.pool;

import org.jspecify.annotations.NullMarked;
