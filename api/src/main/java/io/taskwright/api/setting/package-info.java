/** What administrators set for their project: /settings. */
@NullMarked
package io.taskwright.api.setting;

import org.jspecify.annotations.NullMarked;
