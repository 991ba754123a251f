/** What a project can set for itself. */
@NullMarked
package io.taskwright.api.setting;

import org.jspecify.annotations.NullMarked;
