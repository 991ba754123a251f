package io.taskwright.model.protocol;

import io.taskwright.model.secret.SecretValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one attempt. Only the holder of its token gets them.
 *
 * @param values by the names under which the code sees them
 * @param withheld why they cannot be given now, so that the attempt must not run; null if they are
 *     all there
 */
public record AssignedSecrets(Map<String, SecretValue> values, @Nullable String withheld) {
  /** What most attempts get. */
  public static final AssignedSecrets NONE = new AssignedSecrets(Map.of(), null);

  public AssignedSecrets {
    values = Map.copyOf(values);
  }

  /** All that the definition asks for. */
  public static AssignedSecrets of(Map<String, SecretValue> values) {
    return new AssignedSecrets(values, null);
  }

  /** None, for that reason. */
  public static AssignedSecrets withheld(String reason) {
    return new AssignedSecrets(Map.of(), reason);
  }
}
