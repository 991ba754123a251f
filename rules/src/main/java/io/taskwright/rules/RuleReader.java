package io.taskwright.rules;

import io.taskwright.model.definition.Rule;
import io.taskwright.rules.rule.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code rules}: conditions over input and output that block or warn. */
final class RuleReader {
  private RuleReader() {}

  static List<Rule> read(Fields definition) {
    List<Rule> rules = new ArrayList<>();
    for (Fields fields : definition.objects("rules", Rule.MOST)) {
      rule(fields).ifPresent(rules::add);
      fields.end();
    }
    return rules;
  }

  private static Optional<Rule> rule(Fields fields) {
    Optional<Rule.On> on = word(fields, "on", Rule.On.values());
    Optional<Rule.Then> then = word(fields, "then", Rule.Then.values());
    Optional<String> when = fields.requiredText("when");
    Optional<String> message = fields.requiredText("message");
    if (message.isPresent() && unfit(message.get())) {
      fields.wrong(
          "message", "maxLength", "must have 1 to " + Rule.LONGEST_MESSAGE + " characters, no NUL");
    }
    if (on.isPresent() && when.isPresent()) {
      RuleBook.flaw(on.get(), when.get())
          .ifPresent(flaw -> fields.wrong("when", Codes.INVALID_EXPRESSION, flaw));
    }
    return on.isEmpty() || then.isEmpty() || when.isEmpty() || message.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule(on.get(), when.get(), then.get(), message.get()));
  }

  private static boolean unfit(String message) {
    return message.isBlank()
        || message.length() > Rule.LONGEST_MESSAGE
        || message.indexOf('\0') >= 0;
  }

  /** One of the words that an enum's constants are in lower case. */
  static <E extends Enum<E>> Optional<E> word(Fields fields, String name, E[] all) {
    return fields
        .requiredText(name)
        .flatMap(text -> {
          List<String> words = new ArrayList<>();
          for (E one : all) {
            String word = one.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
              return Optional.of(one);
            }
            words.add(word);
          }
          fields.wrong(name, "enum", "must be " + String.join(" or ", words));
          return Optional.empty();
        });
  }
}
