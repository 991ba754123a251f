package io.taskwright.app.server;

import io.taskwright.app.data.OwnerOnlyFile;
import io.taskwright.model.Project;
import io.taskwright.store.access.ApiKeys;
import io.taskwright.store.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the first administrator's key, once in the life of the installation, and keeps it in a file
 * that only its owner reads. The executor beside the server gets a key in the same way.
 */
final class FirstKeys {
  private static final String ADMIN = "first-admin";
  private static final String EXECUTOR = "local-executor-";
  private static final int NAME_LENGTH = 8;

  private final ApiKeys keys;
  private final TransactionTemplate transaction;
  private final Path folder;

  FirstKeys(ApiKeys keys, TransactionTemplate transaction, Path folder) {
    this.keys = keys;
    this.transaction = transaction;
    this.folder = folder;
  }

  /** Makes what is missing. A crash in between leaves nothing half made. */
  void ensure() {
    transaction.executeWithoutResult(status -> {
      if (keys.firstTime(ADMIN)) {
        issue(ADMIN, Role.ADMIN, "admin.key");
      }
    });
    if (keys.authenticate(read("executor.key")).isEmpty()) {
      String name = executorName();
      transaction.executeWithoutResult(status -> {
        keys.revoke(Project.DEFAULT, name);
        issue(name, Role.EXECUTOR, "executor.key");
      });
    }
  }

  /** A name of this folder's own: servers with another folder keep their key. */
  private String executorName() {
    String known = read("executor.name");
    if (!known.isEmpty()) {
      return known;
    }
    String name = EXECUTOR + UUID.randomUUID().toString().substring(0, NAME_LENGTH);
    write("executor.name", name);
    return name;
  }

  /** The file is written before the commit: a key without a file would be nobody's. */
  private void issue(String name, Role role, String file) {
    String secret = keys.issue(Project.DEFAULT, name, role, "the service").orElseThrow().secret();
    write(file, secret);
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(folder);
      OwnerOnlyFile.write(folder.resolve(file), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the key file in " + folder, e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the key file in " + folder, e);
    }
  }
}
