package io.taskwright.app.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A version of dotted numbers, such as 1.30.3.
 *
 * @param numbers the most significant first, at least two
 */
public record Version(List<Integer> numbers) implements Comparable<Version> {
  private static final Pattern TEXT = Pattern.compile("(?<![0-9.])[0-9]{1,9}(\\.[0-9]{1,9}){1,3}");

  public Version {
    numbers = List.copyOf(numbers);
  }

  /** The version of these numbers, the most significant first. */
  public static Version of(Integer... numbers) {
    return new Version(Arrays.asList(numbers));
  }

  /** The first version that stands in a text. */
  public static Optional<Version> in(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new Version(Arrays.stream(matcher.group().split("\\.")).map(Integer::valueOf).toList()));
  }

  /** Compares number by number; a missing one counts as 0. */
  @Override
  public int compareTo(Version other) {
    int longest = Math.max(numbers.size(), other.numbers.size());
    for (int i = 0; i < longest; i++) {
      int order = Integer.compare(number(i), other.number(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The number at a place, 0 being the most significant; 0 when the version is shorter. */
  public int number(int place) {
    return place < numbers.size() ? numbers.get(place) : 0;
  }

  @Override
  public String toString() {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
  }
}
