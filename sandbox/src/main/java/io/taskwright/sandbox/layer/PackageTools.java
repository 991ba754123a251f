package io.taskwright.sandbox.layer;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.GuestTools;
import io.taskwright.sandbox.resource.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The programs that install packages: ours, run as a task of the runtime whose packages they are.
 */
final class PackageTools {
  private static final String COURSIER = "coursier.jar";

  /** Prints what decides which files of a package fit. */
  private static final String PYTHON_PLATFORM =
      """
      import platform, sys, sysconfig
      def main():
          return "-".join([sys.implementation.cache_tag, sysconfig.get_platform(), *platform.libc_ver()])
      """;

  private static final String NODE_PLATFORM =
      """
      function main() {
        const libc = process.report.getReport().header.glibcVersionRuntime;
        return ['node', process.versions.node.split('.')[0], process.platform, process.arch, libc ? 'glibc' : 'other'].join('-');
      }
      """;

  private final Path coursier;

  private PackageTools(Path coursier) {
    this.coursier = coursier;
  }

  /** Lays out what is no source, below a folder of the service. */
  static PackageTools unpack(Path below) throws EnvironmentException {
    try {
      byte[] jar = resource(COURSIER);
      Path folder = below.resolve("coursier-" + Resource.hash(List.of(jar)).substring(0, 16));
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      GuestTools.lay(folder.resolve(COURSIER), jar, false);
      return new PackageTools(folder);
    } catch (IOException e) {
      throw new EnvironmentException("the package tools cannot be laid out in " + below, e);
    }
  }

  /** The installing program of a runtime, under the name of its entry. */
  ProgramFile installer(TaskRuntime runtime) {
    return new ProgramFile(
        runtime.sourceFile(),
        resource(
            switch (runtime) {
              case PYTHON -> "pip.py";
              case NODE -> "npm.js";
              case JAVA -> "Main.java";
              case BASH, JAVASCRIPT, WASM -> throw none(runtime);
            }));
  }

  /** What the installing program itself needs. */
  Optional<Path> library(TaskRuntime runtime) {
    return runtime == TaskRuntime.JAVA ? Optional.of(coursier) : Optional.empty();
  }

  /** A program that returns the name of the platform; empty where there is but one. */
  static Optional<String> platform(TaskRuntime runtime) {
    return switch (runtime) {
      case PYTHON -> Optional.of(PYTHON_PLATFORM);
      case NODE -> Optional.of(NODE_PLATFORM);
      case JAVA -> Optional.empty();
      case BASH, JAVASCRIPT, WASM -> throw none(runtime);
    };
  }

  private static IllegalArgumentException none(TaskRuntime runtime) {
    return new IllegalArgumentException("there are no packages for " + runtime.word());
  }

  private static byte[] resource(String name) {
    return Resource.bytes(PackageTools.class, "/io/taskwright/sandbox/packages/" + name);
  }
}
