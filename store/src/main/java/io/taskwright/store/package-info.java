/** Everything that must not get lost, in PostgreSQL; the only place with SQL. */
@NullMarked
package io.taskwright.store;

import org.jspecify.annotations.NullMarked;
