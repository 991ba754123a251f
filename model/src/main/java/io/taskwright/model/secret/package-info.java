/** Values that code may use and nobody may read again. */
@NullMarked
package io.taskwright.model.secret;

import org.jspecify.annotations.NullMarked;
