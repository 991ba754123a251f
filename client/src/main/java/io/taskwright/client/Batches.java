package io.taskwright.client;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Operations on many executions at once. */
public final class Batches {
  private static final String ROUTE = "/batches";

  private final Transport transport;

  Batches(Transport transport) {
    this.transport = transport;
  }

  /**
   * What a batch would have.
   *
   * @param count how many executions
   * @param fitting in how many of them the operation finds something to do now
   * @param json as the service says it, with some of them
   */
  public record Preview(int count, int fitting, JsonNode json) {}

  /** Says which executions a batch would have; nothing is made. */
  public Preview preview(BatchAsk ask) {
    JsonNode json = transport.send(Call.post(ROUTE + "/preview", ask.body()).safeToRepeat()).json();
    return new Preview(json.path("count").asInt(0), json.path("fitting").asInt(0), json);
  }

  /**
   * Makes a batch.
   *
   * @param key under which asking again gives the same batch
   */
  public Batch create(BatchAsk ask, String key) {
    Call call = Call.post(ROUTE, ask.body()).with("Idempotency-Key", key);
    return new Batch(transport.send(call.safeToRepeat()).json());
  }

  /** A batch as it stands. */
  public Batch get(String id) {
    return new Batch(transport.send(Call.get(at(id))).json());
  }

  /** A part of the list of batches, the newest first. */
  public Page<Batch> list(PageAsk ask) {
    Call.Query query = ask.addTo(new Call.Query());
    return Page.of(transport.send(Call.get(query.of(ROUTE))).json(), Batch::new);
  }

  /**
   * A part of a batch's executions, in their order.
   *
   * @param status only those: PENDING, SUCCEEDED, FAILED, SKIPPED
   */
  public Page<BatchItem> items(String id, Optional<String> status, PageAsk ask) {
    Call.Query query = ask.addTo(new Call.Query().add("status", status));
    return Page.of(transport.send(Call.get(query.of(at(id) + "/items"))).json(), BatchItem::new);
  }

  /** Ends a batch early. */
  public Batch abort(String id, String reason) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    return new Batch(transport.send(Call.post(at(id) + "/abort", body).safeToRepeat()).json());
  }

  private static String at(String id) {
    return ROUTE + "/" + Call.segment(id);
  }
}
