/** What is measured: executions through REST, and the same shapes in plain Temporal. */
@NullMarked
package io.taskwright.bench.subject;

import org.jspecify.annotations.NullMarked;
