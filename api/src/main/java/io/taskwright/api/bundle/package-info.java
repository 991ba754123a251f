/** Uploaded programs of several files: /bundles. */
@NullMarked
package io.taskwright.api.bundle;

import org.jspecify.annotations.NullMarked;
