/** Gives browsers the files of the page; what the page shows comes from the routes of the API. */
@NullMarked
package io.taskwright.api.page;

import org.jspecify.annotations.NullMarked;
