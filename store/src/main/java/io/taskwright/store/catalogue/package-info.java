/** Tasks and their numbered immutable versions. */
@NullMarked
package io.taskwright.store.catalogue;

import org.jspecify.annotations.NullMarked;
