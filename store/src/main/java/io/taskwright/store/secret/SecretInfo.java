package io.taskwright.store.secret;

import io.taskwright.model.secret.SecretName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be known about a secret: everything but its value.
 *
 * @param version 1 for the first value; one more for each that replaced another
 * @param lastUsedAt when an attempt last got it, to the minute; null if none did
 */
public record SecretInfo(
    SecretName name,
    int version,
    String description,
    Instant createdAt,
    String createdBy,
    Instant updatedAt,
    String updatedBy,
    @Nullable Instant lastUsedAt) {}
