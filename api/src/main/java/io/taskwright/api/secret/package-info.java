/** Secrets of projects: /secrets. Values go in and never come out. */
@NullMarked
package io.taskwright.api.secret;

import org.jspecify.annotations.NullMarked;
