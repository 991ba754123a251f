/** The kernel's control groups, version 1 and 2, which bound and count what a run uses. */
@NullMarked
package io.taskwright.sandbox.cgroup;

import org.jspecify.annotations.NullMarked;
