package io.taskwright.temporal;

import io.temporal.common.SearchAttributeKey;

/** The search attributes by which Temporal's own tools find executions. */
public final class SearchKeys {
  /** The project's name. */
  public static final SearchAttributeKey<String> PROJECT =
      SearchAttributeKey.forKeyword("TaskwrightProject");

  private SearchKeys() {}
}
