package io.taskwright.activities.executor;

import io.taskwright.model.file.InputFile;
import io.taskwright.model.protocol.AttemptFiles;
import io.taskwright.sandbox.RunFiles;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.guest.Leftovers;
import io.taskwright.store.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one attempt on the executor's disk: numbered, never under the names that a program
 * or a client made up.
 */
final class AttemptFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptFolder.class);

  private final Path folder;
  private final AttemptFiles files;
  private final List<RunFiles.Given> given = new ArrayList<>();
  private final List<LeftFile> left = new ArrayList<>();

  AttemptFolder(Path folder, AttemptFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /** Brings a file to the place it is told. */
  @FunctionalInterface
  interface Fetch {
    void to(Path target) throws IOException, InterruptedException;
  }

  /**
   * Takes a file that is to be given to the program.
   *
   * @throws IOException if what was fetched is not what it should be; worth another try
   */
  void give(InputFile file, Fetch fetch) throws IOException, InterruptedException {
    Path target = folder.resolve("in-" + given.size());
    fetch.to(target);
    if (!hash(target).equals(file.sha256())) {
      throw new IOException("other bytes came than those of " + file.sha256());
    }
    given.add(new RunFiles.Given(file.path(), target));
  }

  /** What the sandbox is told of files. */
  RunFiles exchanged() {
    return new RunFiles(given, files.outputFiles());
  }

  /** The sink of the run, which takes files too. */
  RunSink sink(RunSink words) {
    return new RunSink() {
      @Override
      public void log(Source source, String line) {
        words.log(source, line);
      }

      @Override
      public void progress(double fraction, String message) {
        words.progress(fraction, message);
      }

      @Override
      public OutputStream file(String path) throws IOException {
        return leave(path);
      }

      @Override
      public void awaitCounting() throws InterruptedException {
        words.awaitCounting();
      }
    };
  }

  private OutputStream leave(String path) throws IOException {
    Path content = folder.resolve("out-" + left.size());
    MessageDigest digest = Sha256.digest();
    OutputStream out = new DigestOutputStream(Files.newOutputStream(content), digest);
    return new FilterOutputStream(out) {
      private boolean closed;

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        super.close();
        if (!closed) {
          closed = true;
          left.add(new LeftFile(path, content, hex(digest), Files.size(content)));
        }
      }
    };
  }

  /** The files that the program left, as they came. */
  List<LeftFile> left() {
    return List.copyOf(left);
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[65536];
    try (InputStream in = Files.newInputStream(file)) {
      for (int some; (some = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, some);
      }
    }
    return hex(digest);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() {
    try {
      Leftovers.remove(folder);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", folder).log("cannot be removed: {}", e.toString());
    }
  }
}
