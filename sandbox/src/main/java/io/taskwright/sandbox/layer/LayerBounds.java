package io.taskwright.sandbox.layer;

import io.taskwright.model.ByteSize;

/**
 * The most that the packages of one task may be.
 *
 * @param size bytes of all files
 * @param files how many
 */
public record LayerBounds(ByteSize size, int files) {}
