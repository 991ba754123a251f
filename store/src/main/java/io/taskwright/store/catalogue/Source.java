package io.taskwright.store.catalogue;

/**
 * A definition as its author wrote it: the very bytes, comments and all.
 *
 * @param bytes at most 4 MiB
 * @param mediaType {@code application/json} or {@code application/yaml}
 * @param file the path that it has in its author's folder; empty if nobody said
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Source(byte[] bytes, String mediaType, String file) {}
