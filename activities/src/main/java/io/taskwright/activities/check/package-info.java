/** The checks that are made when work is done: of files, and of what servers answer. */
@NullMarked
package io.taskwright.activities.check;

import org.jspecify.annotations.NullMarked;
