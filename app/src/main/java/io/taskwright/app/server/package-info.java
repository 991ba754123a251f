/** The server process: the API, the core workers and the executor, as its roles say. */
@NullMarked
package io.taskwright.app.server;

import org.jspecify.annotations.NullMarked;
