/** Who calls, and what the caller may do. */
@NullMarked
package io.taskwright.api.access;

import org.jspecify.annotations.NullMarked;
