/**
 * The files that executions are given and those that they leave: /files, /executions/…/artifacts.
 */
@NullMarked
package io.taskwright.api.file;

import org.jspecify.annotations.NullMarked;
