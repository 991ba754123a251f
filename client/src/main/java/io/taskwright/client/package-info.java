/** The REST API as Java sees it: calls with typed results, problems as exceptions, live events. */
@NullMarked
package io.taskwright.client;

import org.jspecify.annotations.NullMarked;
