/** The port through which programs of strangers are run, once each, under limits. */
@NullMarked
package io.taskwright.sandbox;

import org.jspecify.annotations.NullMarked;
