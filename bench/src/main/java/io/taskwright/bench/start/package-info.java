/**
 * How long a sandbox takes to the first line of a program, beside nothing and beside docker run.
 */
@NullMarked
package io.taskwright.bench.start;

import org.jspecify.annotations.NullMarked;
