/**
 * What an executor worker and the service say to each other about one attempt, as JSON over HTTP.
 */
@NullMarked
package io.taskwright.model.protocol;

import org.jspecify.annotations.NullMarked;
