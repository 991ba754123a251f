/** The PostgreSQL of one machine: its programs, its cluster, its roles and databases. */
@NullMarked
package io.taskwright.app.postgres;

import org.jspecify.annotations.NullMarked;
