/** The secrets of all projects, sealed. */
@NullMarked
package io.taskwright.store.secret;

import org.jspecify.annotations.NullMarked;
