/** The outer contract over HTTP. */
@NullMarked
package io.taskwright.api;

import org.jspecify.annotations.NullMarked;
