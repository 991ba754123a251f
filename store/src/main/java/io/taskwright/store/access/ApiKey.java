package io.taskwright.store.access;

import io.taskwright.model.Project;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as the store knows it: everything but its secret. */
public record ApiKey(
    UUID id,
    Project project,
    String name,
    Role role,
    Instant createdAt,
    String createdBy,
    @Nullable Instant revokedAt) {}
