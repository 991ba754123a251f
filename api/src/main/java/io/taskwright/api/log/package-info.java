/** Lines of log: /logs. */
@NullMarked
package io.taskwright.api.log;

import org.jspecify.annotations.NullMarked;
