/** What a person sees: tables, progress, documents, and nothing that steers the terminal. */
@NullMarked
package io.taskwright.app.terminal;

import org.jspecify.annotations.NullMarked;
