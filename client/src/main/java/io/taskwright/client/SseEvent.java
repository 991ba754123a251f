package io.taskwright.client;

/**
 * One server-sent event as it came.
 *
 * @param id what to resume after; empty if it has none
 * @param type its name; {@code message} if it has none
 */
record SseEvent(String id, String type, String data) {}
