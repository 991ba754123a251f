package io.taskwright.sandbox.egress;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses, as {@code 10.0.0.0/8} writes it.
 *
 * @param first any address of the range
 * @param bits how many leading bits all its addresses have in common
 */
public record AddressRange(InetAddress first, int bits) {
  public AddressRange {
    if (bits < 0 || bits > first.getAddress().length * 8) {
      throw new IllegalArgumentException("no prefix length of such an address: " + bits);
    }
  }

  /** Reads an address in its usual spelling, a slash and a prefix length; or an address alone. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress first = InetAddress.ofLiteral(address);
      int bits =
          slash < 0
              ? first.getAddress().length * 8
              : Integer.parseUnsignedInt(text.substring(slash + 1));
      boolean usual = address.contains(":") || first.getHostAddress().equals(address);
      return usual ? Optional.of(new AddressRange(first, bits)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the address lies in it. */
  public boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + bits;
  }
}
