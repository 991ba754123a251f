package io.taskwright.sandbox.layer;

import io.taskwright.model.definition.Destination;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the packages of a runtime come from.
 *
 * @param address of the index, as its package manager takes it
 * @param hosts other hosts that it sends package managers to
 */
public record PackageIndex(URI address, List<Destination> hosts) {
  private static final String PYPI = "pypi.org";
  private static final Destination PYPI_FILES = new Destination("files.pythonhosted.org", 443);

  public PackageIndex {
    Set<Destination> all = new LinkedHashSet<>(hosts);
    if (PYPI.equals(address.getHost())) {
      all.add(PYPI_FILES);
    }
    hosts = List.copyOf(all);
    if (own(address).isEmpty()) {
      throw new IllegalArgumentException(
          "an index is an http or https URL without user and query, but not " + address);
    }
  }

  /** All that a resolution may connect to. */
  List<Destination> destinations() {
    List<Destination> all = new ArrayList<>(own(address).stream().toList());
    all.addAll(hosts);
    return all;
  }

  private static Optional<Destination> own(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean usual =
        (scheme.equals("http") || scheme.equals("https"))
            && address.getHost() != null
            && address.getUserInfo() == null
            && address.getQuery() == null
            && address.getFragment() == null;
    int port = address.getPort() > 0 ? address.getPort() : scheme.equals("http") ? 80 : 443;
    return usual ? Destination.parse(address.getHost() + ":" + port) : Optional.empty();
  }
}
