package io.taskwright.rules.compare;

/**
 * Where in the schemas a comparison is.
 *
 * @param sure whether what is not contained here is proof that the whole is not
 */
record Place(String pointer, boolean sure) {
  static final Place WHOLE = new Place("", true);

  Place in(String keyword) {
    return new Place(pointer + "/" + keyword, sure);
  }

  Place in(String keyword, String name) {
    return in(keyword).in(Keywords.escape(name));
  }

  Place unsure() {
    return new Place(pointer, false);
  }

  Place sureIf(boolean still) {
    return new Place(pointer, sure && still);
  }
}
