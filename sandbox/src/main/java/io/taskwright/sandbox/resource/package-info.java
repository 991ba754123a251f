/** What is packed with this module. */
@NullMarked
package io.taskwright.sandbox.resource;

import org.jspecify.annotations.NullMarked;
