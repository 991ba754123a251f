/** The verbs of the command line that run the service on this machine. */
@NullMarked
package io.taskwright.app.command;

import org.jspecify.annotations.NullMarked;
