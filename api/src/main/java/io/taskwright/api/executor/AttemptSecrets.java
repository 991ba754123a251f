package io.taskwright.api.executor;

import io.taskwright.model.Project;
import io.taskwright.model.definition.Work;
import io.taskwright.model.protocol.AssignedSecrets;
import io.taskwright.model.secret.SecretName;
import io.taskwright.model.secret.SecretValue;
import io.taskwright.store.secret.Revealed;
import io.taskwright.store.secret.SecretStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Gives an attempt the secrets that the stored definition of its task names, from its own project.
 * Nothing that came with the execution adds to them.
 */
@Component
final class AttemptSecrets {
  /** The executor's search for them in all that is said takes memory in proportion. */
  private static final int MOST_BYTES = 128 << 10;

  private final SecretStore secrets;

  AttemptSecrets(SecretStore secrets) {
    this.secrets = secrets;
  }

  AssignedSecrets of(Project project, Work.Automated work) {
    if (work.secrets().isEmpty()) {
      return AssignedSecrets.NONE;
    }
    return switch (secrets.reveal(project, work.secrets().values())) {
      case Revealed.Values(Map<SecretName, SecretValue> byName) -> assigned(work, byName);
      case Revealed.Unknown(List<SecretName> names) ->
          AssignedSecrets.withheld(
              "the code was not started, because the project has no secret "
                  + list(names)
                  + ": put it with PUT /secrets/"
                  + names.getFirst()
                  + ", or take it out of the definition");
      case Revealed.Shut(List<SecretName> names) ->
          AssignedSecrets.withheld(
              "the code was not started, because the service has not the key that opens the secret "
                  + list(names)
                  + ": its operator must put the master key back");
    };
  }

  private static AssignedSecrets assigned(
      Work.Automated work, Map<SecretName, SecretValue> byName) {
    Map<String, SecretValue> values = new HashMap<>();
    int bytes = 0;
    for (Map.Entry<String, SecretName> asked : work.secrets().entrySet()) {
      SecretValue value = byName.get(asked.getValue());
      if (value == null) {
        throw new IllegalStateException("not revealed: " + asked.getValue());
      }
      values.put(asked.getKey(), value);
    }
    for (SecretValue value : byName.values()) {
      bytes += value.value().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes > MOST_BYTES
        ? AssignedSecrets.withheld(
            "the code was not started, because its secrets have more than "
                + MOST_BYTES
                + " bytes together")
        : AssignedSecrets.of(values);
  }

  private static String list(List<SecretName> names) {
    return names.stream().map(SecretName::value).collect(Collectors.joining(", "));
  }
}
