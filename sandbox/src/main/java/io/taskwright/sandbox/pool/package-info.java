/** Where runs get their environments from: each is used once, and some were made before. */
@NullMarked
package io.taskwright.sandbox.pool;

import org.jspecify.annotations.NullMarked;
