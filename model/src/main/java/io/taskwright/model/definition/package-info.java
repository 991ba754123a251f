/** What an author writes down about a task: its shapes, its work, its limits, its retry policy. */
@NullMarked
package io.taskwright.model.definition;

import org.jspecify.annotations.NullMarked;
