/** What every back end must do, as tests; a new one is accepted when it passes them. */
@NullMarked
package io.taskwright.sandbox.conformance;

import org.jspecify.annotations.NullMarked;
