package io.taskwright.app.server;

import io.taskwright.activities.executor.EgressBounds;
import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.egress.AddressRange;
import io.taskwright.sandbox.egress.Addresses;
import io.taskwright.sandbox.egress.EgressTerms;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What runs may do with the network that their definitions ask for, {@code
 * taskwright.executor.egress.*}.
 *
 * @param openRanges ranges that are reached beside public addresses, such as {@code 10.1.0.0/16}
 * @param bytes of one run in both directions, such as {@code 256Mi}
 * @param rate bytes of one run in a second, such as {@code 10Mi}; at least 16Ki
 * @param connections of one run at once, 1 to {@value EgressTerms#MOST_CONNECTIONS}
 * @param enabled whether code may connect to anything at all
 * @param hosts the only ones that definitions may name, such as {@code *.example.org}; empty for
 *     all
 */
public record EgressProperties(
    @DefaultValue List<String> openRanges,
    @DefaultValue("256Mi") String bytes,
    @DefaultValue("10Mi") String rate,
    @DefaultValue("32") int connections,
    @DefaultValue("true") boolean enabled,
    @DefaultValue List<String> hosts) {
  private static final String NAME = "taskwright.executor.egress.";

  public EgressProperties {
    openRanges = List.copyOf(openRanges);
    ServiceProperties.within(NAME + "connections", connections, EgressTerms.MOST_CONNECTIONS);
    size("bytes", bytes, new ByteSize(1));
    size("rate", rate, EgressTerms.LEAST_RATE);
    openRanges.forEach(EgressProperties::range);
    hosts = new EgressBounds(enabled, hosts).hosts();
  }

  EgressBounds bounds() {
    return new EgressBounds(enabled, hosts);
  }

  EgressTerms terms() {
    return new EgressTerms(
        new Addresses(openRanges.stream().map(EgressProperties::range).toList()),
        size("bytes", bytes, new ByteSize(1)),
        size("rate", rate, EgressTerms.LEAST_RATE),
        connections);
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                NAME + "open-ranges must be ranges such as 10.1.0.0/16, but has " + text));
  }

  private static ByteSize size(String name, String text, ByteSize least) {
    return ByteSize.parse(text)
        .filter(size -> size.compareTo(least) >= 0)
        .orElseThrow(() ->
            new IllegalArgumentException(
                NAME + name + " must be a size of at least " + least + ", but is " + text));
  }
}
