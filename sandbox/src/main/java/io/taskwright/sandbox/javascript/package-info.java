/**
 * JavaScript inside this process: QuickJS in WebAssembly, an interpreter of its own for each run.
 */
@NullMarked
package io.taskwright.sandbox.javascript;

import org.jspecify.annotations.NullMarked;
