package io.taskwright.app.server;

import io.taskwright.sandbox.egress.AddressRange;
import io.taskwright.sandbox.egress.Addresses;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the checks of definitions may connect to, {@code taskwright.checks.*}.
 *
 * @param openRanges ranges that are reached beside public addresses, such as {@code 10.1.0.0/16}
 */
@ConfigurationProperties("taskwright.checks")
record CheckProperties(@DefaultValue List<String> openRanges) {
  CheckProperties {
    openRanges = List.copyOf(openRanges);
    openRanges.forEach(CheckProperties::range);
  }

  Addresses addresses() {
    return new Addresses(openRanges.stream().map(CheckProperties::range).toList());
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "taskwright.checks.open-ranges must be ranges such as 10.1.0.0/16, but has "
                    + text));
  }
}
