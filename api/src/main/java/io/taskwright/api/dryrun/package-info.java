/** Dry runs of tasks, and the tests of definitions: /tasks/{task}/dry-run, /tasks/check. */
@NullMarked
package io.taskwright.api.dryrun;

import org.jspecify.annotations.NullMarked;
