/** What a project may have of executions in all, and what it has. */
@NullMarked
package io.taskwright.store.limit;

import org.jspecify.annotations.NullMarked;
