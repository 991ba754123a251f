package io.taskwright.api.file;

import io.taskwright.api.body.Bodies;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.store.blob.Blobs;
import io.taskwright.store.blob.Spooled;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Takes files out of requests, onto the disk and never into memory. */
@Component
public class Uploads {
  private final Blobs blobs;

  Uploads(Blobs blobs) {
    this.blobs = blobs;
  }

  /**
   * The bytes of the request's body, to be closed when they are kept or not.
   *
   * @param most bytes; a longer body is refused
   */
  public Spooled receive(HttpServletRequest request, long most) throws IOException {
    try {
      return blobs.receive(Bodies.stream(request, MediaType.APPLICATION_OCTET_STREAM, most), most);
    } catch (Spooled.TooMuchException e) {
      throw Bodies.tooLarge(most);
    } catch (EOFException e) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "the body ended before its Content-Length; nothing was kept");
    }
  }
}
