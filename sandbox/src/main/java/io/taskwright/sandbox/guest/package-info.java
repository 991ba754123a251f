/** What every environment of the operating system has in common: the program, its run, its end. */
@NullMarked
package io.taskwright.sandbox.guest;

import org.jspecify.annotations.NullMarked;
