package io.taskwright.sandbox.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.Destination;
import io.taskwright.sandbox.conformance.Told;
import io.taskwright.sandbox.egress.EgressTerms;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaysOutIT {
  private static final List<Destination> SOMEWHERE = List.of(new Destination("x.example", 1));
  private final Told told = new Told();
  private final AtomicReference<Path> seen = new AtomicReference<>();
  @TempDir private Path folder;

  @Test
  void lastsAsLongAsItsEnvironmentWhereNobodyElseCanEnter() throws Exception {
    Environment environment = environment(folder);
    assertThat(permissions(folder.resolve("egress"))).isEqualTo("rwx------");
    assertThat(permissions(seen.get())).isEqualTo("rwx--x--x");
    assertThat(permissions(seen.get().resolve("proxy"))).isEqualTo("rw-rw-rw-");

    assertThat(environment.end().denied()).isEmpty();

    assertThat(folder.resolve("egress")).isEmptyDirectory();
  }

  @Test
  void isNotMadeForWhatMayConnectToNowhere() throws Exception {
    WaysOut waysOut = WaysOut.open(folder, EgressTerms.DEFAULT);
    FakeEnvironment inner = new FakeEnvironment();
    assertThat(
            waysOut.open(
                List.of(),
                told,
                wayOut -> {
                  assertThat(wayOut).isEmpty();
                  return inner;
                }))
        .isSameAs(inner);
  }

  @Test
  void goesIfThereIsNoEnvironment() throws Exception {
    WaysOut waysOut = WaysOut.open(folder, EgressTerms.DEFAULT);
    assertThatThrownBy(() ->
            waysOut.open(
                SOMEWHERE,
                told,
                wayOut -> {
                  throw new EnvironmentException("no room");
                }))
        .hasMessage("no room");
    assertThat(folder.resolve("egress")).isEmptyDirectory();
  }

  @Test
  void sweepsAwayWhatAKilledServiceLeft() throws Exception {
    Path left = Files.createDirectories(folder.resolve("egress/7"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(left.resolve("proxy")));
    }
    WaysOut.open(folder, EgressTerms.DEFAULT);
    assertThat(folder.resolve("egress")).isEmptyDirectory();
  }

  @Test
  void liesInFoldersOfAnyDepth() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("deep/".repeat(40)));
    Environment environment = environment(deep);
    Path near = Files.createSymbolicLink(folder.resolve("near"), seen.get());
    SocketChannel.open(UnixDomainSocketAddress.of(near.resolve("proxy"))).close();
    environment.end();
    assertThat(deep.resolve("egress")).isEmptyDirectory();
  }

  private Environment environment(Path below) throws EnvironmentException {
    return WaysOut.open(below, EgressTerms.DEFAULT)
        .open(
            SOMEWHERE,
            told,
            wayOut -> {
              seen.set(wayOut.orElseThrow());
              return new FakeEnvironment();
            });
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
