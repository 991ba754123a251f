/**
 * WebAssembly inside this process: modules of users, and what every run in this process needs to be
 * bounded and ended.
 */
@NullMarked
package io.taskwright.sandbox.wasm;

import org.jspecify.annotations.NullMarked;
