/**
 * Definitions as files: reading them, packing the programs they name, bringing them to a service.
 */
@NullMarked
package io.taskwright.client.definition;

import org.jspecify.annotations.NullMarked;
