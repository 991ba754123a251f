package io.taskwright.client;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Where the service is and who asks.
 *
 * @param url of the API's root, http or https
 * @param key of the caller
 * @param patience for how long a call that may be repeated is repeated while nobody answers
 */
public record Endpoint(URI url, ApiKey key, Duration patience) {
  /**
   * @throws IllegalArgumentException if the URL cannot be the root of an API
   */
  public Endpoint {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException("a service's URL is like http://127.0.0.1:8080");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "a service's URL has no user, no password, no query and no fragment");
    }
  }

  /** An endpoint that is asked once. */
  public static Endpoint of(URI url, ApiKey key) {
    return new Endpoint(url, key, Duration.ZERO);
  }

  /** The address of a route. */
  URI at(String route) {
    String root = url.toString();
    return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + route);
  }
}
