package io.taskwright.store.catalogue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a version came to be.
 *
 * @param version which one it is equal to, if it is a roll back
 */
public record VersionOrigin(Kind kind, @Nullable Integer version) {
  /** What was done. */
  public enum Kind {
    PUBLISHED,
    DRAFT,
    ROLLBACK,
    IMPORT;

    /** As answers name it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** It was sent as a whole. */
  public static final VersionOrigin PUBLISHED = new VersionOrigin(Kind.PUBLISHED, null);

  /** It was a draft before. */
  public static final VersionOrigin DRAFT = new VersionOrigin(Kind.DRAFT, null);

  /** It came with others at once. */
  public static final VersionOrigin IMPORT = new VersionOrigin(Kind.IMPORT, null);

  /** It is an older one again. */
  public static VersionOrigin rollback(int version) {
    return new VersionOrigin(Kind.ROLLBACK, version);
  }
}
