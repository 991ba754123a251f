package io.taskwright.client;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The API keys of the caller's project. */
public final class Keys {
  private final Transport transport;

  Keys(Transport transport) {
    this.transport = transport;
  }

  /** A key that was just made; this is the only time that its secret is told. */
  public record Issued(KeyInfo key, ApiKey secret) {}

  /** All keys, also those that were revoked. */
  public List<KeyInfo> list() {
    return Page.of(transport.send(Call.get("/keys")).json(), KeyInfo::new).items();
  }

  /**
   * Makes a key.
   *
   * @param role viewer, operator, author, admin or executor
   */
  public Issued create(String name, String role) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("name", name).put("role", role);
    JsonNode json = transport.send(Call.post("/keys", body)).json();
    return new Issued(new KeyInfo(json), new ApiKey(json.path("secret").asString("")));
  }

  /** Takes a key back. */
  public void revoke(String id) {
    transport.send(Call.delete("/keys/" + Call.segment(id)));
  }
}
