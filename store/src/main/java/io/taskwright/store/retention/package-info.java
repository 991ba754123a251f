/** How long what has ended is kept, and its removal afterwards. */
@NullMarked
package io.taskwright.store.retention;

import org.jspecify.annotations.NullMarked;
