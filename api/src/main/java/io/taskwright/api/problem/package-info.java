/** What is wrong with a request, as RFC 9457 problems. */
@NullMarked
package io.taskwright.api.problem;

import org.jspecify.annotations.NullMarked;
