package io.taskwright.rules;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.Warning;
import java.util.List;
import java.util.Optional;

/**
 * What the stages of validation say of an input or output.
 *
 * @param failure of the first stage that refuses it, with everything which that stage has against
 *     it; empty if it is taken
 * @param warnings none if it is refused
 */
public record Judgement(Optional<Failure> failure, List<Warning> warnings) {
  static final Judgement TAKEN = new Judgement(Optional.empty(), List.of());

  public Judgement {
    warnings = List.copyOf(warnings);
  }

  static Judgement refused(Failure failure) {
    return new Judgement(Optional.of(failure), List.of());
  }
}
