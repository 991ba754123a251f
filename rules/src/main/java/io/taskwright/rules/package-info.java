/**
 * The Task Validator: says of definitions, inputs and outputs everything that is wrong with them.
 */
@NullMarked
package io.taskwright.rules;

import org.jspecify.annotations.NullMarked;
