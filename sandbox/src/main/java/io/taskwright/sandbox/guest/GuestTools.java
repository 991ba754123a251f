package io.taskwright.sandbox.guest;

import io.taskwright.sandbox.resource.Resource;
import io.taskwright.sandbox.seccomp.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The warden and the harnesses, laid out in a folder that every environment sees read-only.
 *
 * @param folder on the host, named by what is in it
 */
public record GuestTools(Path folder) {
  /** The name of the warden in the folder. */
  public static final String WARDEN = "warden";

  private static final List<String> HARNESSES =
      List.of("python.py", "node.js", "bash.sh", "java.jar");

  /**
   * Lays the tools out below a folder of the service; what is there already and whole is kept.
   *
   * @throws EnvironmentException if they are not in this build, or the folder cannot be written
   */
  public static GuestTools unpack(Path below) throws EnvironmentException {
    try {
      Map<String, byte[]> files = read();
      Path folder = below.resolve("tools-" + Resource.hash(files.values()).substring(0, 16));
      Files.createDirectories(folder);
      readable(folder, true);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        lay(folder.resolve(file.getKey()), file.getValue(), file.getKey().equals(WARDEN));
      }
      return new GuestTools(folder);
    } catch (IOException e) {
      throw new EnvironmentException("the sandbox's tools cannot be laid out in " + below, e);
    }
  }

  /**
   * What {@code sha256sum} says of each tool, by its name.
   *
   * @throws EnvironmentException if they are not in this build
   */
  public static Map<String, String> hashes() throws EnvironmentException {
    Map<String, String> hashes = new LinkedHashMap<>();
    read().forEach((name, content) -> hashes.put(name, Resource.hash(List.of(content))));
    return hashes;
  }

  /** The warden on the host. */
  public Path warden() {
    return folder.resolve(WARDEN);
  }

  /** Writes a file beside the tools, whole or not at all. */
  public static void lay(Path target, byte[] content, boolean executable) throws IOException {
    if (Files.exists(target) && Files.mismatch(target, scratch(target, content)) == -1) {
      Files.deleteIfExists(scratchOf(target));
      return;
    }
    Path scratch = scratch(target, content);
    readable(scratch, executable);
    Files.move(
        scratch, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path scratch(Path target, byte[] content) throws IOException {
    return Files.write(scratchOf(target), content);
  }

  private static Path scratchOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".new");
  }

  private static void readable(Path path, boolean executable) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static Map<String, byte[]> read() throws EnvironmentException {
    String architecture =
        Architecture.current().map(Architecture::kernelName).orElse(System.getProperty("os.arch"));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(WARDEN, resource("warden-" + architecture));
    files.put("hear.so", resource("hear-" + architecture + ".so"));
    for (String harness : HARNESSES) {
      files.put(harness, resource(harness));
    }
    return files;
  }

  private static byte[] resource(String name) throws EnvironmentException {
    return Resource.find(GuestTools.class, "/io/taskwright/sandbox/tools/" + name)
        .orElseThrow(() ->
            new EnvironmentException(
                name
                    + " is not in this build: build the module on a machine of this architecture"));
  }
}
