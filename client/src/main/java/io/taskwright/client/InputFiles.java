package io.taskwright.client;

import java.io.IOException;
import java.nio.file.Path;

/** Files that are given to executions. */
public final class InputFiles {
  private final Transport transport;

  InputFiles(Transport transport) {
    this.transport = transport;
  }

  /**
   * Uploads a file, of any size that the service takes. Uploading it again changes nothing.
   *
   * @return the SHA-256 by which starts name it
   * @throws IOException if the file cannot be read
   */
  public String upload(Path file) throws IOException {
    Call call = Call.post("/files").with("Content-Type", "application/octet-stream").safeToRepeat();
    return transport.upload(call, file).json().path("sha256").asString("");
  }
}
