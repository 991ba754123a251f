/** What executor workers do: they fetch an assignment, run it in a sandbox, and report. */
@NullMarked
package io.taskwright.activities.executor;

import org.jspecify.annotations.NullMarked;
