/** How Temporal is reached, and what is called how there. */
@NullMarked
package io.taskwright.temporal;

import org.jspecify.annotations.NullMarked;
