/** What is on this machine, and how other programs on it are run. */
@NullMarked
package io.taskwright.app.machine;

import org.jspecify.annotations.NullMarked;
