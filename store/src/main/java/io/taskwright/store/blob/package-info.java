/** Bytes by their hash: the bundles of code that tasks are made of, and the files of executions. */
@NullMarked
package io.taskwright.store.blob;

import org.jspecify.annotations.NullMarked;
