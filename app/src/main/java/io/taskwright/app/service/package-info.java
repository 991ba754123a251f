/** Puts the parts of one machine together. */
@NullMarked
package io.taskwright.app.service;

import org.jspecify.annotations.NullMarked;
