/** Operations on many executions at once. */
@NullMarked
package io.taskwright.api.batch;

import org.jspecify.annotations.NullMarked;
