/** The words that every other module uses: names, ids, sizes, and what is wrong with a value. */
@NullMarked
package io.taskwright.model;

import org.jspecify.annotations.NullMarked;
