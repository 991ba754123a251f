/** Whether the service lives, is ready, and how it does. */
@NullMarked
package io.taskwright.api.health;

import org.jspecify.annotations.NullMarked;
