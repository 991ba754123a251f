/**
 * The system that a WebAssembly module sees (WASI, preview 1): files in memory, a clock, random
 * numbers, and nothing of the host.
 */
@NullMarked
package io.taskwright.sandbox.wasi;

import org.jspecify.annotations.NullMarked;
