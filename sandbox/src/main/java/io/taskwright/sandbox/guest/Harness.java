package io.taskwright.sandbox.guest;

import java.util.List;
import java.util.Map;

/**
 * A runtime that is started before its program is known. It hears what to run, and with which
 * variables, on a descriptor that the warden gives it.
 *
 * @param words its command line; the first is an absolute path
 * @param variables all that its environment holds at first
 */
public record Harness(List<String> words, Map<String, String> variables) {
  public Harness {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
  }
}
