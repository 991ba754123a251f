package io.taskwright.api.execution;

import io.taskwright.model.Project;
import io.taskwright.store.batch.Selection;
import io.taskwright.store.execution.Executions;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The first few of many executions, so that a person sees whether the right ones are meant. */
@Component
public class ExecutionSample {
  private static final int SIZE = 10;

  private final Executions executions;
  private final ExecutionJson json;

  ExecutionSample(Executions executions, ExecutionJson json) {
    this.executions = executions;
    this.json = json;
  }

  /** The newest of them, as a list shows them. */
  public ArrayNode of(Project project, Selection selection) {
    ArrayNode sample = JsonNodeFactory.instance.arrayNode();
    switch (selection) {
      case Selection.Matching matching ->
          executions
              .page(project, matching.filter(), SIZE)
              .forEach(view -> sample.add(json.brief(view)));
      case Selection.Named named ->
          named.ids().stream()
              .limit(SIZE)
              .flatMap(id -> executions.find(project, id).stream())
              .forEach(found -> sample.add(json.brief(found.execution())));
    }
    return sample;
  }
}
