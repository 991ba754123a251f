package io.taskwright.sandbox.pool;

import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.guest.Harness;

/**
 * What an environment was made for. A program takes one whose key is its own.
 *
 * @param harness the runtime that waits in it
 * @param room what it holds its program to
 * @param outgoing whether it has a way out
 */
public record PoolKey(Harness harness, Room room, boolean outgoing) {}
