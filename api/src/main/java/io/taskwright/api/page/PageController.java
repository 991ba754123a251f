package io.taskwright.api.page;

import io.taskwright.api.access.OpenToAll;
import io.taskwright.api.page.PageFiles.PageFile;
import io.taskwright.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page. Its files are open to all: they are the same for everybody and hold nobody's data,
 * which the page asks the API for, with the key of the person who sits before it.
 */
@RestController
final class PageController {
  /** Nothing but our own files, no inline code or style, and no frame around the page. */
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String SHELL = "index.html";
  private static final String HASHED = "assets/";

  private final PageFiles files;

  PageController(PageFiles files) {
    this.files = files;
  }

  @OpenToAll
  @GetMapping("/")
  ResponseEntity<Void> root() {
    return toPage();
  }

  @OpenToAll
  @GetMapping("/ui")
  ResponseEntity<Void> withoutSlash() {
    return toPage();
  }

  private static ResponseEntity<Void> toPage() {
    return ResponseEntity.status(HttpStatus.FOUND).location(URI.create("/ui/")).build();
  }

  /** A file; for the address of a room, such as {@code /ui/tasks}, the shell that finds it. */
  @OpenToAll
  @GetMapping("/ui/{*path}")
  ResponseEntity<byte[]> page(@PathVariable String path, HttpServletRequest request) {
    String name = path.substring(1);
    Optional<PageFile> file = files.find(name);
    if (file.isPresent()) {
      return answer(file.get(), name.startsWith(HASHED), request);
    }
    if (name.startsWith(HASHED)) {
      throw ProblemException.notFound("such file; the page was replaced, load it again");
    }
    return answer(
        files
            .find(SHELL)
            .orElseThrow(() -> ProblemException.notFound("page in this build of the service")),
        false,
        request);
  }

  private static ResponseEntity<byte[]> answer(
      PageFile file, boolean forEver, HttpServletRequest request) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, file.type());
    headers.set(
        HttpHeaders.CACHE_CONTROL, forEver ? "public, max-age=31536000, immutable" : "no-cache");
    headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    headers.setETag(file.tag());
    headers.set("Content-Security-Policy", POLICY);
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    if (file.tag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      return new ResponseEntity<>(null, headers, HttpStatus.NOT_MODIFIED);
    }
    if (file.packed().isPresent() && takesGzip(request)) {
      headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
      return new ResponseEntity<>(file.packed().get(), headers, HttpStatus.OK);
    }
    return new ResponseEntity<>(file.content(), headers, HttpStatus.OK);
  }

  private static boolean takesGzip(HttpServletRequest request) {
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
  }
}
