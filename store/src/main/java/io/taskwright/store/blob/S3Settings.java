package io.taskwright.store.blob;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where an S3 bucket is. Credentials come from where the AWS SDK looks for them: environment,
 * profile, container or instance role.
 *
 * @param prefix what every key begins with; may be empty
 * @param endpoint of a service that is not Amazon's; null for Amazon's
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 */
public record S3Settings(
    String bucket, String prefix, String region, @Nullable URI endpoint, boolean pathStyle) {}
