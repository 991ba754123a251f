package io.taskwright.store.file;

import io.taskwright.model.ExecutionId;
import java.time.Instant;
import java.util.UUID;

/**
 * A file that an execution left.
 *
 * @param size bytes
 * @param sha256 of its bytes
 * @param expiresAt when its bytes go
 * @param gone whether they have
 */
public record Artifact(
    UUID id,
    ExecutionId execution,
    String path,
    String mediaType,
    long size,
    String sha256,
    Instant createdAt,
    Instant expiresAt,
    boolean gone) {}
