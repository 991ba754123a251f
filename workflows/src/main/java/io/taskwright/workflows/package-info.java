/** The workflow that every execution runs in, hidden behind its factory. */
@NullMarked
package io.taskwright.workflows;

import org.jspecify.annotations.NullMarked;
