/** The one main of the product, and how it starts itself again as another process. */
@NullMarked
package io.taskwright.app;

import org.jspecify.annotations.NullMarked;
