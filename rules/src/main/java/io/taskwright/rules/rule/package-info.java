/** The stage of the rules: what the business says of inputs and outputs, over their shape. */
@NullMarked
package io.taskwright.rules.rule;

import org.jspecify.annotations.NullMarked;
