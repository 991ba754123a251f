// Installs the jars of Maven coordinates inside a sandbox, by Coursier, which runs nothing of them.
//
// The input has dependencies (group:artifact:version), index, lock or null, and certificates (a file or null). The
// output is a pack (see PackReader) of the jars and of their lock, or of the reason why there are none.

import coursierapi.Artifact;
import coursierapi.Cache;
import coursierapi.Dependency;
import coursierapi.Fetch;
import coursierapi.MavenRepository;
import coursierapi.Module;
import coursierapi.ResolutionParams;
import coursierapi.SimpleLogger;
import coursierapi.error.CoursierError;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

public class Main {
  static final class Failed extends Exception {
    final String kind;

    Failed(String kind, String message) {
      super(message);
      this.kind = kind;
    }
  }

  /** One jar: its path in the index, its file here, its hash. */
  record Jar(String path, Path file, String hash) {
    Map<String, Object> lock() {
      String[] names = path.split("/");
      int last = names.length - 1;
      String group = String.join(".", List.of(names).subList(0, last - 2));
      Map<String, Object> lock = new LinkedHashMap<>();
      lock.put("name", group + ":" + names[last - 2]);
      lock.put("version", names[last - 1]);
      lock.put("hash", hash);
      lock.put("path", path);
      return lock;
    }
  }

  public static Object main(Map<String, Object> request) throws Exception {
    trust((String) request.get("certificates"));
    try {
      String index = ((String) request.get("index")).replaceAll("/+$", "") + "/";
      Map<?, ?> lock = (Map<?, ?>) request.get("lock");
      List<Jar> jars =
          lock == null
              ? resolved((List<?>) request.get("dependencies"), index)
              : locked((List<?>) lock.get("packages"), index);
      pack(jars, Map.of("packages", jars.stream().map(Jar::lock).toList()), null);
    } catch (Failed e) {
      pack(List.of(), null, Map.of("kind", e.kind, "message", e.getMessage()));
    }
    return null;
  }

  static List<Jar> resolved(List<?> coordinates, String index) throws Exception {
    Fetch fetch =
        Fetch.create()
            .withCache(Cache.create().withLocation(new File("/task/tmp/coursier")).withLogger(logger()))
            .withRepositories(MavenRepository.of(index));
    ResolutionParams exact = ResolutionParams.create();
    for (Object text : coordinates) {
      String[] parts = ((String) text).split(":");
      fetch.addDependencies(Dependency.of(parts[0], parts[1], parts[2]));
      exact.forceVersion(Module.of(parts[0], parts[1]), parts[2]);
    }
    List<Jar> jars = new ArrayList<>();
    try {
      for (Map.Entry<Artifact, File> one : fetch.withResolutionParams(exact).fetchResult().getArtifacts()) {
        String url = one.getKey().getUrl();
        if (!url.startsWith(index)) {
          throw new Failed("refused", url + " is not in the index");
        }
        Path file = one.getValue().toPath();
        jars.add(new Jar(url.substring(index.length()), file, hash(file)));
      }
    } catch (CoursierError e) {
      throw failed(e);
    }
    return jars;
  }

  /** Tells an index that is not there from a package that is not there. */
  static Failed failed(CoursierError e) {
    String text = e.getMessage().replaceAll("\\s+", " ");
    text = text.substring(0, Math.min(text.length(), 1500));
    if (text.contains("wrong checksum")) {
      return new Failed("mismatch", "the index gives files that its checksums do not fit: " + text);
    }
    boolean away =
        text.contains("download error")
            || text.contains("Caught java.")
            || text.matches(".*\\(HTTP (5..|429)\\).*");
    return away
        ? new Failed("unavailable", "the index cannot be reached: " + text)
        : new Failed("refused", text);
  }

  static SimpleLogger logger() {
    return new SimpleLogger() {
      @Override
      public void starting(String url) {
        System.out.println("Downloading " + url);
      }

      @Override
      public void length(String url, long total, long done, boolean watching) {}

      @Override
      public void progress(String url, long downloaded) {}

      @Override
      public void done(String url, boolean success) {}
    };
  }

  static List<Jar> locked(List<?> packages, String index) throws Exception {
    List<Jar> jars = new ArrayList<>();
    for (Object one : packages) {
      Map<?, ?> known = (Map<?, ?>) one;
      String path = (String) known.get("path");
      Path file = Path.of("/task/tmp/jar-" + jars.size());
      System.out.println("Downloading " + index + path);
      download(index + path, file);
      String hash = hash(file);
      if (!hash.equals(known.get("hash"))) {
        throw new Failed(
            "mismatch",
            "the index gives another " + path + " than that of the lock: " + hash + " instead of " + known.get("hash"));
      }
      jars.add(new Jar(path, file, hash));
    }
    return jars;
  }

  static void download(String url, Path file) throws Failed {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(30_000);
      connection.setReadTimeout(60_000);
      try (InputStream in = connection.getInputStream()) {
        Files.copy(in, file);
      }
    } catch (FileNotFoundException e) {
      throw new Failed("refused", "the index has no " + url);
    } catch (IOException e) {
      throw new Failed("unavailable", "the index cannot be reached: " + e);
    }
  }

  static String hash(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return "sha256:" + HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }

  /** The host's certificates beside those of the JDK: an index of one's own may need them. */
  static void trust(String file) throws Exception {
    if (file == null) {
      return;
    }
    Collection<? extends Certificate> certificates;
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("host-" + number++, certificate);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    SSLContext.setDefault(context);
    HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
  }

  static void pack(List<Jar> jars, Map<String, Object> lock, Map<String, Object> failure) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(Path.of("/task/output.json")))) {
      if (lock != null) {
        word(out, "lock", lock);
      }
      if (failure != null) {
        word(out, "failure", failure);
      }
      int number = 0;
      for (Jar jar : jars) {
        String name = jar.path().substring(jar.path().lastIndexOf('/') + 1);
        head(out, 1, String.format("tree/%03d-%s", number++, name), Files.size(jar.file()));
        Files.copy(jar.file(), out);
        Files.delete(jar.file()); // The disk holds the packages once.
      }
      head(out, 0, "", 0);
    }
  }

  static void word(DataOutputStream out, String name, Map<String, Object> value) throws IOException {
    byte[] text = new org.json.JSONObject(value).toString().getBytes(StandardCharsets.UTF_8);
    head(out, 1, name, text.length);
    out.write(text);
  }

  static void head(DataOutputStream out, int kind, String name, long size) throws IOException {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    out.writeByte(kind);
    out.writeShort(text.length);
    out.writeLong(size);
    out.write(text);
  }
}
