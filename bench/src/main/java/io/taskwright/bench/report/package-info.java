/** Says what was measured, as a table and as JSON. */
@NullMarked
package io.taskwright.bench.report;

import org.jspecify.annotations.NullMarked;
