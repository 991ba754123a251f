/** Files that go into programs and come out of them: their names, which ones, and how much. */
@NullMarked
package io.taskwright.model.file;

import org.jspecify.annotations.NullMarked;
