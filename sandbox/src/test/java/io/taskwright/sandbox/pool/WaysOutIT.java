package io.taskwright.sandbox.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.Destination;
import io.taskwright.sandbox.conformance.Told;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.egress.WayOut;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaysOutIT {
  private static final List<Destination> SOMEWHERE = List.of(new Destination("x.example", 1));
  private final Told told = new Told();
  @TempDir private Path folder;

  @Test
  void leadsNowhereUntilItsProgramIsKnownAndNobodyElseCanEnter() throws Exception {
    WaysOut waysOut = WaysOut.open(folder, EgressTerms.DEFAULT);
    WayOut wayOut = waysOut.make();
    assertThat(permissions(folder.resolve("egress"))).isEqualTo("rwx------");
    assertThat(permissions(wayOut.folder())).isEqualTo("rwx--x--x");
    assertThat(wayOut.folder()).isEmptyDirectory();

    waysOut.lead(wayOut, SOMEWHERE, told);
    assertThat(permissions(wayOut.folder().resolve("proxy"))).isEqualTo("rw-rw-rw-");
    assertThat(wayOut.denied()).isEmpty();

    wayOut.close();
    assertThat(folder.resolve("egress")).isEmptyDirectory();
  }

  @Test
  void goesThoughItLedNowhere() throws Exception {
    WayOut wayOut = WaysOut.open(folder, EgressTerms.DEFAULT).make();
    assertThat(wayOut.denied()).isEmpty();
    wayOut.close();
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
    WaysOut waysOut = WaysOut.open(deep, EgressTerms.DEFAULT);
    WayOut wayOut = waysOut.make();
    waysOut.lead(wayOut, SOMEWHERE, told);
    Path near = Files.createSymbolicLink(folder.resolve("near"), wayOut.folder());
    SocketChannel.open(UnixDomainSocketAddress.of(near.resolve("proxy"))).close();
    wayOut.close();
    assertThat(deep.resolve("egress")).isEmptyDirectory();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
