/** The whole installation as its users have it, and the rules that its code must keep. */
@NullMarked
package io.taskwright.acceptance;

import org.jspecify.annotations.NullMarked;
