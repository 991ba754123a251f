/** Who may do what: API keys, kept as hashes. */
@NullMarked
package io.taskwright.store.access;

import org.jspecify.annotations.NullMarked;
