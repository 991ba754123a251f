/** The files that executions are given and those that they leave. */
@NullMarked
package io.taskwright.store.file;

import org.jspecify.annotations.NullMarked;
