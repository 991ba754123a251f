package io.taskwright.app.data;

import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The passwords of the parts, each in a file of its own.
 *
 * @param folder where the files are
 */
public record Passwords(Path folder) {
  private static final int BYTES = 24;

  /** The passwords of a data folder. */
  public static Passwords of(DataFolder data) {
    return new Passwords(data.keys());
  }

  /** The password of a role: 48 hexadecimal digits. */
  public String of(String role) {
    Path file = file(role);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Obstacle("Cannot read the password file %s.".formatted(file), e);
    }
  }

  /** The file with the password of a role, made when it is first asked for. */
  public Path file(String role) {
    Path file = folder.resolve(role + ".password");
    try {
      if (!Files.exists(file)) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        OwnerOnlyFile.write(file, HexFormat.of().formatHex(bytes) + "\n");
      }
      return file;
    } catch (IOException e) {
      throw new Obstacle("Cannot write the password file %s.".formatted(file), e);
    }
  }
}
