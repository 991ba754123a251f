/** Environments made by bubblewrap out of the host's own interpreters. */
@NullMarked
package io.taskwright.sandbox.bubblewrap;

import org.jspecify.annotations.NullMarked;
