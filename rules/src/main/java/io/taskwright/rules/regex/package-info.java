/** Regular expressions whose time grows with the text and not with its tricks. */
@NullMarked
package io.taskwright.rules.regex;

import org.jspecify.annotations.NullMarked;
