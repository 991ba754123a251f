package io.taskwright.sandbox.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  private static final Addresses PUBLIC = new Addresses(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::200e",
        "::ffff:1.1.1.1"
      })
  void publicOnesAreReached(String address) {
    assertThat(PUBLIC.allow(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::169.254.169.254",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void specialOnesAreNot(String address) {
    assertThat(PUBLIC.allow(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void whatTheOperatorOpensIsReached() {
    Addresses opened =
        new Addresses(
            List.of(
                AddressRange.parse("10.1.0.0/16").orElseThrow(),
                AddressRange.parse("fd00::7").orElseThrow()));
    assertThat(opened.allow(InetAddress.ofLiteral("10.1.255.255"))).isTrue();
    assertThat(opened.allow(InetAddress.ofLiteral("10.2.0.0"))).isFalse();
    assertThat(opened.allow(InetAddress.ofLiteral("fd00::7"))).isTrue();
    assertThat(opened.allow(InetAddress.ofLiteral("fd00::8"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "10/8", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8"})
  void otherTextsAreNoRanges(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }
}
