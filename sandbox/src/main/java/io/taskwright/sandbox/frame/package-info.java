/** The language that the host and the warden inside an environment speak over its two pipes. */
@NullMarked
package io.taskwright.sandbox.frame;

import org.jspecify.annotations.NullMarked;
