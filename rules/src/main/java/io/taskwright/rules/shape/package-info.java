/** The stage of the shape: JSON Schema 2020-12 over inputs and outputs, bounded and local. */
@NullMarked
package io.taskwright.rules.shape;

import org.jspecify.annotations.NullMarked;
