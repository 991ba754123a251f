package io.taskwright.client;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The secrets of the caller's project. Their values go in and never come out. */
public final class Secrets {
  private final Transport transport;

  Secrets(Transport transport) {
    this.transport = transport;
  }

  /** All secrets, by name. */
  public List<SecretInfo> list() {
    return Page.of(transport.send(Call.get("/secrets")).json(), SecretInfo::new).items();
  }

  /** Keeps a value, in the place of the one before if there is one. */
  public SecretInfo put(String name, String value, String description) {
    JsonNode body =
        JsonNodeFactory.instance.objectNode().put("value", value).put("description", description);
    return new SecretInfo(transport.send(Call.put(at(name), body)).json());
  }

  /** Takes a secret away. */
  public void delete(String name) {
    transport.send(Call.delete(at(name)));
  }

  private static String at(String name) {
    return "/secrets/" + Call.segment(name);
  }
}
