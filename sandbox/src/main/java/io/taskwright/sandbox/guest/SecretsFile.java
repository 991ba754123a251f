package io.taskwright.sandbox.guest;

import io.taskwright.model.secret.SecretValue;
import io.taskwright.sandbox.guest.Launch.LaunchFile;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How secrets reach a program: as a file. The host's list of processes shows command lines and
 * variables, so they are in neither.
 */
final class SecretsFile {
  static final String NAME = "secrets.json";
  private static final int OWNER_READS = 0400;

  private SecretsFile() {}

  /** A JSON object with the values by name. */
  static LaunchFile of(Map<String, SecretValue> secrets) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    secrets.forEach((name, secret) -> json.put(name, secret.value()));
    return new LaunchFile(NAME, OWNER_READS, JsonMapper.shared().writeValueAsBytes(json));
  }
}
