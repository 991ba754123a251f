/** What tests use to have a whole installation and to talk to it as its users do. */
@NullMarked
package io.taskwright.testkit;

import org.jspecify.annotations.NullMarked;
