/** Hides secrets in all that leaves an executor. */
@NullMarked
package io.taskwright.activities.masking;

import org.jspecify.annotations.NullMarked;
