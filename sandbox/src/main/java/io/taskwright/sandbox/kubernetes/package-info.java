/** Environments made by a Kubernetes cluster: one pod for each run, used once. */
@NullMarked
package io.taskwright.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
