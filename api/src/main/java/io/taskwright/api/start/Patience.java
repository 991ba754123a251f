package io.taskwright.api.start;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a client wants to wait for an end: {@code Prefer: wait=N}. */
public final class Patience {
  private static final Pattern WAIT =
      Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,4})(?:$|[,;\\s])");

  private Patience() {}

  /**
   * The time that is asked for. RFC 7240: a preference that cannot be understood is no error.
   *
   * @param otherwise if nothing is asked for
   * @param longest the most that is given
   */
  public static Duration of(HttpServletRequest request, Duration otherwise, Duration longest) {
    String prefer = request.getHeader("Prefer");
    if (prefer == null) {
      return otherwise;
    }
    Matcher matcher = WAIT.matcher(prefer);
    if (!matcher.find()) {
      return otherwise;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
    return asked.compareTo(longest) > 0 ? longest : asked;
  }
}
