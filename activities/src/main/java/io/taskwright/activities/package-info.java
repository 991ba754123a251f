/** What core workers do for workflows: they admit, run small code in process, and conclude. */
@NullMarked
package io.taskwright.activities;

import org.jspecify.annotations.NullMarked;
