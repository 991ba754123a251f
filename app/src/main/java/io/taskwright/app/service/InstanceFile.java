package io.taskwright.app.service;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.OwnerOnlyFile;
import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a supervisor describes its instance.
 *
 * @param file in the data folder
 */
public record InstanceFile(Path file) {
  /** The description of a data folder. */
  public static InstanceFile of(DataFolder data) {
    return new InstanceFile(data.run().resolve("instance.json"));
  }

  /** What was written last, be its supervisor alive or not. */
  public Optional<Instance> read() {
    try {
      return Optional.of(InstanceJson.read(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Obstacle("Cannot read %s.".formatted(file), e);
    }
  }

  /** The instance, when its supervisor is alive. */
  public Optional<Instance> live() {
    return read().filter(instance -> instance.supervisor().alive());
  }

  /** Describes the instance anew. */
  public void write(Instance instance) {
    try {
      OwnerOnlyFile.write(file, InstanceJson.write(instance));
    } catch (IOException e) {
      // On a full disk nobody can be told; the parts matter more.
      System.out.println("cannot write " + file + ": " + e);
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
