/** Environments made by a Docker engine: one container for each run, used once. */
@NullMarked
package io.taskwright.sandbox.docker;

import org.jspecify.annotations.NullMarked;
