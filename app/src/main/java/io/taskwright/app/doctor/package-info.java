/** Says what this machine has and lacks. */
@NullMarked
package io.taskwright.app.doctor;

import org.jspecify.annotations.NullMarked;
