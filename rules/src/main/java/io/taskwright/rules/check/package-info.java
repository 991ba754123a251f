/** The stage of the checks, as far as it is a matter of values: what an answer must be like. */
@NullMarked
package io.taskwright.rules.check;

import org.jspecify.annotations.NullMarked;
