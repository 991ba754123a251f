package io.taskwright.app.supervisor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * Asks a part over HTTP; 200 means yes.
 *
 * @param uri what is asked for
 */
public record HttpCheck(URI uri) implements Part.Check {
  private static final int WITHIN = Math.toIntExact(Duration.ofSeconds(2).toMillis());

  @Override
  public boolean ready() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    try {
      connection.setConnectTimeout(WITHIN);
      connection.setReadTimeout(WITHIN);
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        return true;
      }
      throw new IOException(uri + " answers " + status);
    } catch (ConnectException e) {
      return false;
    } finally {
      connection.disconnect();
    }
  }
}
