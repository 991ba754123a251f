/**
 * The data folder: what lies where, who may read it, and which ports and passwords belong to it.
 */
@NullMarked
package io.taskwright.app.data;

import org.jspecify.annotations.NullMarked;
