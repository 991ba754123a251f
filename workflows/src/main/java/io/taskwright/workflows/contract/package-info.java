/** What workflows take and ask for; it stays readable for the histories of years. */
@NullMarked
package io.taskwright.workflows.contract;

import org.jspecify.annotations.NullMarked;
