/** The only way from code to a network: a proxy that knows where each run may go. */
@NullMarked
package io.taskwright.sandbox.egress;

import org.jspecify.annotations.NullMarked;
