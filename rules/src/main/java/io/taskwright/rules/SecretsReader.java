package io.taskwright.rules;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.secret.SecretName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code secrets}: which secrets the code gets. A list names them; an object says under which
 * other names the code sees them.
 */
final class SecretsReader {
  static final int MOST = 20;
  private static final String NAME = "secrets";

  private SecretsReader() {}

  static Map<String, SecretName> read(Fields automated, Optional<TaskRuntime> runtime) {
    JsonNode value = automated.any(NAME);
    if (value == null) {
      return Map.of();
    }
    Map<String, SecretName> read = value.isObject() ? renamed(automated) : named(automated);
    if (read.size() > MOST) {
      automated.wrong(NAME, "maxItems", "must be at most " + MOST);
    }
    if (!read.isEmpty() && runtime.filter(TaskRuntime::inProcess).isPresent()) {
      automated.wrong(
          NAME,
          Codes.SECRETS_NOT_ALLOWED,
          "code that may run inside a worker's process gets no secrets; use the runtime node");
    }
    return read;
  }

  private static Map<String, SecretName> named(Fields automated) {
    Map<String, SecretName> read = new LinkedHashMap<>();
    List<String> texts = automated.texts(NAME, List.of());
    for (int i = 0; i < texts.size(); i++) {
      Optional<SecretName> name = SecretName.parse(texts.get(i));
      if (name.isEmpty()) {
        automated.wrongItem(NAME, i, Codes.UNKNOWN_SECRET, unknown());
      } else if (read.put(name.get().value(), name.get()) != null) {
        automated.wrongItem(NAME, i, "uniqueItems", name.get() + " is there already");
      }
    }
    return read;
  }

  private static Map<String, SecretName> renamed(Fields automated) {
    Map<String, SecretName> read = new LinkedHashMap<>();
    automated
        .object(NAME)
        .ifPresent(object -> {
          for (Map.Entry<String, JsonNode> field : object.rest()) {
            JsonNode named = field.getValue();
            Optional<SecretName> name =
                named.isString() ? SecretName.parse(named.stringValue()) : Optional.empty();
            if (SecretName.parse(field.getKey()).isEmpty()) {
              object.wrong(
                  field.getKey(), "pattern", "what code calls a secret matches " + SecretName.FORM);
            } else if (name.isEmpty()) {
              object.wrong(field.getKey(), Codes.UNKNOWN_SECRET, unknown());
            } else {
              read.put(field.getKey(), name.get());
            }
          }
        });
    return read;
  }

  private static String unknown() {
    return "there can be no such secret: the name of one matches " + SecretName.FORM;
  }
}
