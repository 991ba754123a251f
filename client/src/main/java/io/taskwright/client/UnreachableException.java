package io.taskwright.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Nobody answered, or the answer broke off; what became of the request is unknown. */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final URI url;

  UnreachableException(URI url, String reason, @Nullable Throwable cause) {
    super("The service at %s does not answer: %s.".formatted(url, reason), cause);
    this.url = url;
  }

  /** Where the service was looked for. */
  public URI url() {
    return url;
  }
}
