/** Which back ends this host offers, and which of them takes a program. */
@NullMarked
package io.taskwright.sandbox.offer;

import org.jspecify.annotations.NullMarked;
