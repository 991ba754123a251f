/** Bodies of requests, read strictly and within bounds. */
@NullMarked
package io.taskwright.api.body;

import org.jspecify.annotations.NullMarked;
