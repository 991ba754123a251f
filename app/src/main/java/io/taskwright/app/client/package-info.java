/** The verbs of the command line that speak to a service, here or elsewhere, over its REST API. */
@NullMarked
package io.taskwright.app.client;

import org.jspecify.annotations.NullMarked;
