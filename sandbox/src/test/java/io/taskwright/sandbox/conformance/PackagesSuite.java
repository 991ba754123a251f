package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.layer.Installation;
import io.taskwright.sandbox.layer.Installation.Installed;
import io.taskwright.sandbox.layer.Installing;
import io.taskwright.sandbox.layer.LayerBounds;
import io.taskwright.sandbox.layer.LayerKey;
import io.taskwright.sandbox.layer.LayerStore;
import io.taskwright.sandbox.layer.Making;
import io.taskwright.sandbox.layer.PackageIndex;
import io.taskwright.sandbox.layer.PackageSettings;
import io.taskwright.sandbox.layer.Packages;
import io.taskwright.testkit.Archives;
import io.taskwright.testkit.PackageServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that programs use: installed in one environment, seen in another. */
abstract class PackagesSuite extends Suite {
  private static final long PATIENCE_SECONDS = 120;

  private final Told told = new Told();
  private PackageServer index;
  private LayerStore store;
  private Packages packages;

  @BeforeEach
  final void open(@TempDir Path folder) throws EnvironmentException {
    index = PackageServer.start();
    store =
        LayerStore.open(folder.resolve("layers"), ByteSize.ofMebibytes(64), InstantSource.system());
    packages = packages(folder, new LayerBounds(ByteSize.ofMebibytes(16), 1000));
  }

  private Packages packages(Path folder, LayerBounds bounds) throws EnvironmentException {
    return Packages.open(
        new PackageSettings(
            true,
            Map.of(
                TaskRuntime.PYTHON, at("/simple"),
                TaskRuntime.NODE, at("/npm"),
                TaskRuntime.JAVA, at("/maven2")),
            bounds,
            ByteSize.ofMebibytes(64)),
        folder.resolve("tools"));
  }

  private PackageIndex at(String path) {
    return new PackageIndex(URI.create(index.url() + path), List.of());
  }

  @AfterEach
  final void shut() {
    store.close();
    index.close();
  }

  private Installation install(
      TaskRuntime runtime, @Nullable String lock, String key, String... dependencies)
      throws Exception {
    try (Making making = store.make(key).orElseThrow()) {
      Installing installing =
          packages.install(
              sandbox(), "packages", runtime, List.of(dependencies), lock, making, told);
      installing.run().end().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Installation result = installing.result();
      if (result instanceof Installed(String _, int _, ByteSize size)) {
        making.publish(key, size);
      }
      return result;
    }
  }

  private Installed installed(TaskRuntime runtime, @Nullable String lock, String key, String... all)
      throws Exception {
    Installation result = install(runtime, lock, key, all);
    assertThat(result).as(() -> told.everything().toString()).isInstanceOf(Installed.class);
    return (Installed) result;
  }

  private void refused(Installation result, FailureCode code, String reason, String... parts) {
    assertThat(result)
        .as(() -> told.everything().toString())
        .isInstanceOf(Installation.Refused.class);
    var failure = ((Installation.Refused) result).failure();
    assertThat(failure.code()).as(failure.message()).isEqualTo(code);
    assertThat(failure.message()).contains(parts);
    assertThat(String.valueOf(failure.details())).contains("\"" + reason + "\"");
  }

  private static String key(String name) {
    return LayerKey.of("test", List.of(name), "");
  }

  @Test
  void pythonFindsItsPackagesWithWhatTheyNeed() throws Exception {
    index
        .wheel("inner", "1.5", "VALUE = 41")
        .wheel("outer", "2.0", "import inner\nVALUE = inner.VALUE + 1", "inner==1.5");
    Installed installed = installed(TaskRuntime.PYTHON, null, key("python"), "outer==2.0");
    assertThat(installed.packages()).isEqualTo(2);
    assertThat(installed.lock()).contains("\"inner\"", "\"outer\"", "sha256:");
    assertThat(told.system()).anyMatch(line -> line.startsWith("packages: Collecting outer==2.0"));
    assertThat(told.progress()).isNotEmpty();
    try (LayerStore.Lease layer = store.use(key("python")).orElseThrow()) {
      assertThat(
              python("import outer\ndef main():\n    return [outer.VALUE, outer.__file__]")
                  .layer(layer.folder())
                  .run())
          .returned("[42, \"/opt/layer/outer.py\"]");
      assertThat(
              python(
                      "import subprocess, sys\n"
                          + "def main():\n"
                          + "    return subprocess.check_output([sys.executable, '-c', 'import"
                          + " outer; print(outer.VALUE)']).decode()")
                  .layer(layer.folder())
                  .run())
          .returned("\"42\\n\"");
    }
  }

  @Test
  void aLayerCannotBeWritten() throws Exception {
    index.wheel("plain", "1.0", "VALUE = 1");
    installed(TaskRuntime.PYTHON, null, key("plain"), "plain==1.0");
    try (LayerStore.Lease layer = store.use(key("plain")).orElseThrow()) {
      assertThat(
              python(
                      """
                      import os
                      def main():
                          refused = 0
                          for act in (lambda: open('/opt/layer/plain.py', 'w'), lambda: open('/opt/layer/new', 'w'),
                                      lambda: os.unlink('/opt/layer/plain.py'), lambda: os.chmod('/opt/layer/plain.py', 0o777),
                                      lambda: os.mkdir('/opt/layer/folder')):
                              try:
                                  act()
                              except OSError:
                                  refused += 1
                          return refused
                      """)
                  .layer(layer.folder())
                  .run())
          .returned("5");
    }
  }

  @Test
  void aProgramWithoutPackagesSeesNone() {
    assertThat(
            python(
                    "import os\n"
                        + "def main():\n"
                        + "    return os.path.exists('/opt/layer') or"
                        + " os.path.exists('/node_modules')")
                .run())
        .returned("false");
  }

  @Test
  void noSetupScriptOfAPythonPackageIsRun() throws Exception {
    index.sourceDistribution("evil", "1.0", "raise SystemExit('the script was run')");
    refused(
        install(TaskRuntime.PYTHON, null, key("evil"), "evil==1.0"),
        FailureCode.CODE_ERROR,
        "refused",
        "only wheels are installed");
    assertThat(told.everything().toString()).doesNotContain("the script was run");
  }

  @Test
  void filesOtherThanThoseOfTheLockAreRefused() throws Exception {
    index.wheel("plain", "1.0", "VALUE = 1");
    String lock = installed(TaskRuntime.PYTHON, null, key("before"), "plain==1.0").lock();
    assertThat(installed(TaskRuntime.PYTHON, lock, key("again"), "plain==1.0").lock())
        .isEqualTo(lock);
    index.wheel("plain", "1.0", "VALUE = 'another'");
    refused(
        install(TaskRuntime.PYTHON, lock, key("after"), "plain==1.0"),
        FailureCode.ENVIRONMENT,
        "mismatch",
        "other files than those of the lock");
    assertThat(store.use(key("after"))).isEmpty();
  }

  @Test
  void anIndexThatIsNotThereIsTheEnvironmentsFault() throws Exception {
    index.close();
    for (TaskRuntime runtime : List.of(TaskRuntime.PYTHON, TaskRuntime.NODE, TaskRuntime.JAVA)) {
      String wanted =
          switch (runtime) {
            case NODE -> "some@1.0.0";
            case JAVA -> "org.some:some:1.0";
            case PYTHON, BASH, JAVASCRIPT, WASM -> "some==1.0";
          };
      refused(
          install(runtime, null, key(wanted), wanted),
          FailureCode.ENVIRONMENT,
          "unavailable",
          "the index cannot be reached");
    }
  }

  @Test
  void aPackageThatIsNotThereIsTheAuthorsFault() throws Exception {
    refused(
        install(TaskRuntime.PYTHON, null, key("p"), "none==1.0"),
        FailureCode.CODE_ERROR,
        "refused",
        "none");
    refused(
        install(TaskRuntime.NODE, null, key("n"), "none@1.0.0"),
        FailureCode.CODE_ERROR,
        "refused",
        "none");
    refused(
        install(TaskRuntime.JAVA, null, key("j"), "org.x:none:1.0"),
        FailureCode.CODE_ERROR,
        "refused",
        "none");
  }

  @Test
  void nodeFindsItsPackagesAndNoScriptOfThemIsRun() throws Exception {
    index
        .npm("inner", "1.0.0", "\"main\":\"index.js\"", Map.of("index.js", "module.exports = 41;"))
        .npm(
            "outer",
            "2.1.0",
            "\"main\":\"index.js\",\"dependencies\":{\"inner\":\"^1.0.0\"},\"hasInstallScript\":true,\"scripts\":{\"postinstall\":\"touch"
                + " ../../ran ran\"}",
            Map.of("index.js", "module.exports = require('inner') + 1;"));
    Installed installed = installed(TaskRuntime.NODE, null, key("node"), "outer@2.1.0");
    assertThat(installed.packages()).isEqualTo(2);
    assertThat(installed.lock()).contains("sha512-");
    String again =
        installed(TaskRuntime.NODE, installed.lock(), key("node again"), "outer@2.1.0").lock();
    assertThat(again).isEqualTo(installed.lock());
    try (LayerStore.Lease layer = store.use(key("node again")).orElseThrow()) {
      assertThat(layer.folder().resolve("outer/index.js")).exists();
      assertThat(layer.folder().resolve("outer/ran")).doesNotExist();
      assertThat(layer.folder().resolve("ran")).doesNotExist();
      assertThat(node("function main() { return require('outer'); }").layer(layer.folder()).run())
          .returned("42");
      assertThat(
              node("import outer from 'outer';\nexport function main() { return outer; }")
                  .layer(layer.folder())
                  .run())
          .returned("42");
    }
    index.replace("inner-1.0.0.tgz", "another".getBytes(StandardCharsets.UTF_8));
    refused(
        install(TaskRuntime.NODE, installed.lock(), key("node changed"), "outer@2.1.0"),
        FailureCode.ENVIRONMENT,
        "mismatch",
        "of the lock");
  }

  @Test
  void javaFindsItsPackagesWhenItIsCompiledAndWhenItRuns(@TempDir Path folder) throws Exception {
    index
        .jar(
            "org.some:inner:1.0",
            jar(folder, "inner", "public class Inner { public static int value() { return 41; } }"))
        .jar(
            "org.some:outer:2.0",
            jar(folder, "outer", "public class Outer { public static int one() { return 1; } }"),
            "org.some:inner:1.0");
    Installed installed = installed(TaskRuntime.JAVA, null, key("java"), "org.some:outer:2.0");
    assertThat(installed.packages()).isEqualTo(2);
    Installed again =
        installed(TaskRuntime.JAVA, installed.lock(), key("java again"), "org.some:outer:2.0");
    assertThat(again.lock()).isEqualTo(installed.lock());
    try (LayerStore.Lease layer = store.use(key("java again")).orElseThrow()) {
      assertThat(
              java("""
              public class Main {
                public static Object main(Object input) {
                  return inner.Inner.value() + outer.Outer.one();
                }
              }
              """)
                  .layer(layer.folder())
                  .run())
          .returned("42");
    }
    index.replace("inner-1.0.jar", new byte[10]);
    refused(
        install(TaskRuntime.JAVA, installed.lock(), key("java changed"), "org.some:outer:2.0"),
        FailureCode.ENVIRONMENT,
        "mismatch",
        "another");
  }

  @Test
  void packagesThatAreTooLargeAreRefused(@TempDir Path folder) throws Exception {
    index.wheel("large", "1.0", "VALUE = '" + "x".repeat(200_000) + "'");
    packages = packages(folder, new LayerBounds(new ByteSize(100_000), 1000));
    refused(
        install(TaskRuntime.PYTHON, null, key("large"), "large==1.0"),
        FailureCode.CODE_ERROR,
        "unusable",
        "larger than 100000");
    assertThat(store.use(key("large"))).isEmpty();
  }

  @Test
  void anInstallationCanBeStopped() throws Exception {
    index.wheel("plain", "1.0", "VALUE = 1");
    try (Making making = store.make("stopped").orElseThrow()) {
      Installing installing =
          packages.install(
              sandbox(), "packages", TaskRuntime.PYTHON, List.of("plain==1.0"), null, making, told);
      installing.run().close();
      assertThat(installing.result()).isInstanceOf(Installation.Stopped.class);
    }
    assertThat(store.use("stopped")).isEmpty();
  }

  /** A jar of one class in the package of that name. */
  private static byte[] jar(Path folder, String name, String source) throws IOException {
    Path file =
        folder
            .resolve(name)
            .resolve(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "package " + name + ";\n" + source);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                new ByteArrayOutputStream(),
                null,
                "--release",
                "17",
                "-d",
                folder.toString(),
                file.toString());
    assertThat(code).isZero();
    String path = folder.relativize(file).toString().replace(".java", ".class");
    return Archives.zip(Map.of(path, Files.readAllBytes(folder.resolve(path))));
  }
}
