package io.taskwright.client;

/** The files of programs. */
public final class Bundles {
  private final Transport transport;

  Bundles(Transport transport) {
    this.transport = transport;
  }

  /**
   * Uploads a zip archive. Uploading it again changes nothing.
   *
   * @return its digest, by which definitions name it
   */
  public String upload(byte[] zip) {
    Call call = Call.post("/bundles", "application/zip", zip).safeToRepeat();
    return transport.send(call).json().path("digest").asString("");
  }

  /** The archive that has this digest, as it was uploaded. */
  public byte[] get(String digest) {
    return transport.send(Call.get("/bundles/" + Call.segment(digest))).body();
  }
}
