/** What differs between two versions, and whether it breaks those who rely on the older one. */
@NullMarked
package io.taskwright.rules.compare;

import org.jspecify.annotations.NullMarked;
