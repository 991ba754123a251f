/**
 * The system calls that a task may make: one profile, compiled for bubblewrap, as it is for Docker.
 */
@NullMarked
package io.taskwright.sandbox.seccomp;

import org.jspecify.annotations.NullMarked;
