/** What executor workers call: /executor. */
@NullMarked
package io.taskwright.api.executor;

import org.jspecify.annotations.NullMarked;
