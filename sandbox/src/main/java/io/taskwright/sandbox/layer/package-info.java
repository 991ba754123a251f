/** The packages that programs depend on: resolved in a sandbox, kept by their content, shared. */
@NullMarked
package io.taskwright.sandbox.layer;

import org.jspecify.annotations.NullMarked;
