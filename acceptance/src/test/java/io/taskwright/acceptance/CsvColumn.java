package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A column of a CSV file as this test reads it, to compare with what the example says of it. */
record CsvColumn(String name, List<String> values) {
  private static final Set<String> MISSING = Set.of("", "NA");

  /** All columns of a text whose first line names them (RFC 4180). */
  static List<CsvColumn> read(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"') {
        boolean doubled = !quoted && i > 0 && csv.charAt(i - 1) == '"' && !value.isEmpty();
        value.append(doubled ? "\"" : "");
        quoted = !quoted;
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        value.append(c);
      } else if (c != '\r') {
        row.add(value.toString());
        value.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      }
    }
    assertThat(row).as("the file ends with a line").isEmpty();
    List<String> names = rows.removeFirst();
    List<CsvColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      columns.add(new CsvColumn(names.get(i), rows.stream().map(it -> it.get(column)).toList()));
    }
    return columns;
  }

  /** Fails unless the profile has this column's numbers. */
  void assertProfiledBy(JsonNode profile) {
    assertThat(profile.get("name").stringValue()).isEqualTo(name);
    List<String> present = values.stream().filter(value -> !MISSING.contains(value)).toList();
    assertThat(profile.get("nulls").intValue()).isEqualTo(values.size() - present.size());
    if (present.stream().allMatch(value -> value.matches("-?\\d+(\\.\\d+)?"))) {
      assertNumbers(profile, present.stream().map(BigDecimal::new).sorted().toList());
    } else {
      List<String> sorted = present.stream().sorted(Comparator.naturalOrder()).toList();
      assertThat(profile.get("type").stringValue()).isEqualTo("text");
      assertThat(profile.get("distinct").intValue()).isEqualTo(new HashSet<>(present).size());
      assertThat(profile.get("min").stringValue()).isEqualTo(sorted.getFirst());
      assertThat(profile.get("max").stringValue()).isEqualTo(sorted.getLast());
      assertThat(profile.has("quantiles")).isFalse();
    }
  }

  private static void assertNumbers(JsonNode profile, List<BigDecimal> sorted) {
    assertThat(profile.get("type").stringValue()).isEqualTo("number");
    assertThat(profile.get("distinct").longValue())
        .isEqualTo(sorted.stream().map(BigDecimal::doubleValue).distinct().count());
    assertThat(profile.get("min").decimalValue()).isEqualByComparingTo(sorted.getFirst());
    assertThat(profile.get("max").decimalValue()).isEqualByComparingTo(sorted.getLast());
    for (int quarter = 1; quarter <= 3; quarter++) {
      assertThat(profile.at("/quantiles/q" + 25 * quarter).doubleValue())
          .isCloseTo(quantile(sorted, quarter), within(1e-9));
    }
  }

  /** In whole numbers: of the n - 1 steps from the least to the greatest, so many quarters. */
  private static double quantile(List<BigDecimal> sorted, int quarter) {
    int quarters = (sorted.size() - 1) * quarter;
    BigDecimal below = sorted.get(quarters / 4);
    BigDecimal above = sorted.get(Math.min(quarters / 4 + 1, sorted.size() - 1));
    BigDecimal part = new BigDecimal(quarters % 4).divide(new BigDecimal(4));
    return below.add(above.subtract(below).multiply(part)).doubleValue();
  }
}
