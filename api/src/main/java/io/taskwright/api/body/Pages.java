package io.taskwright.api.body;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers with pages of lists: {@code {items, nextCursor}} and an RFC 8288 link to the next. */
public final class Pages {
  private Pages() {}

  /**
   * The answer for a page.
   *
   * @param rows one more than the page has, if there is a next one
   */
  public static <T> ResponseEntity<JsonNode> answer(
      HttpServletRequest request,
      List<T> rows,
      int limit,
      Function<T, ? extends JsonNode> item,
      Function<T, String> cursor) {
    List<T> page = rows.subList(0, Math.min(limit, rows.size()));
    Optional<String> next =
        rows.size() > limit ? Optional.of(cursor.apply(page.getLast())) : Optional.empty();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    page.forEach(row -> items.add(item.apply(row)));
    body.put("nextCursor", next.orElse(null));
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    next.ifPresent(at ->
        answer.header(
            HttpHeaders.LINK,
            "<"
                + ServletUriComponentsBuilder.fromRequest(request)
                    .scheme(null)
                    .host(null)
                    .port(null)
                    .replaceQueryParam("cursor", at)
                    .build()
                    .toUriString()
                + ">; rel=\"next\""));
    return answer.body(body);
  }
}
