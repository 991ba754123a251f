/**
 * The Temporal of one machine: where its programs come from, its settings, schema and namespace.
 */
@NullMarked
package io.taskwright.app.temporal;

import org.jspecify.annotations.NullMarked;
