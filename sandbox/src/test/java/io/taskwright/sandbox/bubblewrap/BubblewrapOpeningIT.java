package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.FolderLock;
import io.taskwright.sandbox.guest.GuestTools;
import io.taskwright.sandbox.pool.WarmSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that does not give what is needed: what is said, and that the next start is not kept out.
 */
final class BubblewrapOpeningIT {
  private static final String INSTANCE = Instances.named("opening");

  @TempDir Path folder;

  @Test
  void saysWhichFolderCannotBeLaidOut() throws Exception {
    Files.writeString(folder.resolve("empty"), "in the way");
    assertThatThrownBy(
            () -> BubblewrapSandbox.open(INSTANCE, folder, EgressTerms.DEFAULT, WarmSettings.NONE))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("bubblewrap's folder " + folder);
    FolderLock.take(folder).close();
  }

  @Test
  void saysWhenTheToolsCannotBeLaidOut(@TempDir Path other) throws Exception {
    Path tools = folder.resolve(GuestTools.unpack(other).folder().getFileName());
    Files.writeString(tools, "in the way");
    assertThatThrownBy(
            () -> BubblewrapSandbox.open(INSTANCE, folder, EgressTerms.DEFAULT, WarmSettings.NONE))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("tools cannot be laid out");
    FolderLock.take(folder).close();
  }
}
