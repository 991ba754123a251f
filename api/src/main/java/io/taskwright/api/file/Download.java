package io.taskwright.api.file;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.store.file.Artifact;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;

/**
 * One answer with a file's bytes, or some of them. What a stranger's program made is never shown by
 * a browser as part of our pages: it is an attachment of a declared type, without rights of its
 * own.
 *
 * @param whole whether nobody asked for a part
 * @param known whether the client has it already
 */
record Download(Artifact artifact, long from, long count, boolean whole, boolean known) {
  private static final int BUFFER = 65536;

  static Download of(Artifact artifact, HttpServletRequest request) {
    String tag = tag(artifact);
    String match = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (match != null && (match.contains(tag) || match.strip().equals("*"))) {
      return new Download(artifact, 0, 0, true, true);
    }
    Optional<HttpRange> range = range(request, tag);
    if (range.isEmpty()) {
      return new Download(artifact, 0, artifact.size(), true, false);
    }
    try {
      long start = range.get().getRangeStart(artifact.size());
      long end = range.get().getRangeEnd(artifact.size());
      if (start < artifact.size()) {
        return new Download(artifact, start, end - start + 1, false, false);
      }
    } catch (IllegalArgumentException e) {
      // it lies outside, as below
    }
    throw new ProblemException(
        ProblemCode.RANGE_NOT_SATISFIABLE, "the file has " + artifact.size() + " bytes");
  }

  /** One range; several at once, and those that cannot be understood, give the whole file. */
  private static Optional<HttpRange> range(HttpServletRequest request, String tag) {
    String unchanged = request.getHeader(HttpHeaders.IF_RANGE);
    if (unchanged != null && !unchanged.equals(tag)) {
      return Optional.empty();
    }
    try {
      List<HttpRange> ranges = HttpRange.parseRanges(request.getHeader(HttpHeaders.RANGE));
      return ranges.size() == 1 ? Optional.of(ranges.getFirst()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String tag(Artifact artifact) {
    return '"' + artifact.sha256() + '"';
  }

  /**
   * Writes it.
   *
   * @param bytes gives the file's bytes without so many first ones
   */
  void send(HttpServletResponse response, LongFunction<Optional<InputStream>> bytes)
      throws IOException {
    response.setHeader(HttpHeaders.ETAG, tag(artifact));
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    if (known) {
      response.setStatus(HttpStatus.NOT_MODIFIED.value());
      return;
    }
    try (InputStream in =
        bytes.apply(from).orElseThrow(() -> new IOException("the bytes are not in the store"))) {
      head(response);
      copy(in, response);
    }
  }

  private void head(HttpServletResponse response) {
    String name = artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
    response.setContentType(artifact.mediaType());
    response.setContentLengthLong(count);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    if (!whole) {
      response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
      response.setHeader(
          HttpHeaders.CONTENT_RANGE,
          "bytes " + from + "-" + (from + count - 1) + "/" + artifact.size());
    }
  }

  private void copy(InputStream in, HttpServletResponse response) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = count;
    for (int some; left > 0; left -= some) {
      some = in.read(buffer, 0, (int) Math.min(left, BUFFER));
      if (some < 0) {
        throw new IOException("the stored bytes end too soon");
      }
      response.getOutputStream().write(buffer, 0, some);
    }
  }
}
