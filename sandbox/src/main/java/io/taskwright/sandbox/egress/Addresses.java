package io.taskwright.sandbox.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses code may be connected to: public ones of other hosts, and those that the operator
 * opened.
 *
 * <p>The ranges are those of IANA's registries of special-purpose addresses (RFC 6890 and its
 * successors), and where clouds answer questions about their machines. Of version 6 only global
 * unicast is public, without the parts that carry an address of version 4 inside, which could be a
 * private one in disguise.
 *
 * @param opened ranges that are reached though they are not public
 */
public record Addresses(List<AddressRange> opened) {
  private static final List<AddressRange> SPECIAL =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  private static final AddressRange GLOBAL_UNICAST = ranges("2000::/3").getFirst();

  public Addresses {
    opened = List.copyOf(opened);
  }

  /** Whether code may be connected to it. */
  public boolean allow(InetAddress address) {
    return opened.stream().anyMatch(range -> range.contains(address))
        || (isPublic(address) && !isOwn(address));
  }

  /** What listens on this host may trust what comes from it. */
  private static boolean isOwn(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }

  private static boolean isPublic(InetAddress address) {
    boolean unicast = address instanceof Inet4Address || GLOBAL_UNICAST.contains(address);
    return unicast && SPECIAL.stream().noneMatch(range -> range.contains(address));
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(text -> AddressRange.parse(text).orElseThrow()).toList();
  }
}
