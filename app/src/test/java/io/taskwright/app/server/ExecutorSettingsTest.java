package io.taskwright.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.activities.executor.EgressBounds;
import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.egress.AddressRange;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.layer.LayerBounds;
import io.taskwright.sandbox.layer.PackageIndex;
import io.taskwright.sandbox.layer.PackageSettings;
import io.taskwright.sandbox.offer.BackEnd;
import io.taskwright.sandbox.pool.WarmSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorSettingsTest {
  private static ExecutorSettings read(Map<String, String> more) {
    Properties settings = new Properties();
    settings.setProperty("taskwright.data", "/data");
    settings.setProperty("taskwright.api.url", "http://127.0.0.1:8080");
    settings.putAll(more);
    return ExecutorSettings.of(settings, "gpu");
  }

  @Test
  void haveDefaults() {
    ExecutorSettings settings = read(Map.of());
    assertThat(settings)
        .isEqualTo(
            new ExecutorSettings(
                URI.create("http://127.0.0.1:8080"),
                Path.of("/data"),
                Path.of("/data/keys/executor.key"),
                "gpu",
                new ExecutorSettings.Slots(2, 8, ByteSize.ofMebibytes(256)),
                "auto",
                EgressTerms.DEFAULT,
                EgressBounds.NONE,
                Duration.ofMinutes(5),
                WarmSettings.usual(),
                PackageSettings.DEFAULT,
                Optional.empty()));
  }

  @Test
  void sayWherePackagesComeFrom() {
    PackageSettings packages =
        read(Map.of(
                "taskwright.executor.dependencies.enabled", "false",
                "taskwright.executor.dependencies.pip.index", "https://pypi.example/simple",
                "taskwright.executor.dependencies.npm.hosts", "files.example:8443",
                "taskwright.executor.dependencies.largest", "1Gi",
                "taskwright.executor.dependencies.files", "7",
                "taskwright.executor.dependencies.kept", "2Gi"))
            .packages();
    assertThat(packages.enabled()).isFalse();
    assertThat(packages.indexes().get(TaskRuntime.PYTHON))
        .isEqualTo(new PackageIndex(URI.create("https://pypi.example/simple"), List.of()));
    assertThat(packages.indexes().get(TaskRuntime.NODE))
        .isEqualTo(
            new PackageIndex(
                URI.create("https://registry.npmjs.org"),
                List.of(new Destination("files.example", 8443))));
    assertThat(packages.bounds()).isEqualTo(new LayerBounds(ByteSize.ofMebibytes(1024), 7));
    assertThat(packages.kept()).isEqualTo(ByteSize.ofMebibytes(2048));
  }

  @Test
  void areReadUnderTheNamesOfFilesAndOfTheEnvironment() {
    EgressTerms terms =
        read(Map.of(
                "taskwright.executor.egress.open-ranges", "10.1.0.0/16, fd00::/8",
                "taskwright.executor.egress.bytes", "1Gi",
                "taskwright.executor.egress.rate", "512Ki",
                "taskwright.executor.egress.connections", "128"))
            .egress();
    assertThat(terms.addresses().opened())
        .extracting(AddressRange::toString)
        .containsExactly("10.1.0.0/16", "fd00:0:0:0:0:0:0:0/8");
    assertThat(terms.total()).isEqualTo(ByteSize.ofMebibytes(1024));
    assertThat(terms.perSecond()).isEqualTo(new ByteSize(512 << 10));
    assertThat(terms.connections()).isEqualTo(128);
    assertThat(
            read(Map.of("taskwright.executor.egress.openranges", "127.0.0.1/32"))
                .egress()
                .addresses()
                .opened())
        .hasSize(1);
    assertThat(read(Map.of("taskwright.executor.slots", "3")).slots().most()).isEqualTo(3);
    assertThat(read(Map.of("taskwright.executor.slots", "1")).slots().least()).isEqualTo(1);
    assertThat(read(Map.of("taskwright.executor.keyfile", "/k")).keyFile())
        .isEqualTo(Path.of("/k"));
    assertThat(read(Map.of("taskwright.executor.egress.enabled", "false")).bounds().enabled())
        .isFalse();
    assertThat(read(Map.of("taskwright.executor.egress.hosts", "a.example, *.b.example")).bounds())
        .isEqualTo(new EgressBounds(true, List.of("a.example", "*.b.example")));
    assertThat(read(Map.of("taskwright.executor.sandbox", "docker")).sandbox()).isEqualTo("docker");
  }

  @Test
  void useAClusterOnlyWhereItIsEnabled() {
    String name = "taskwright.executor.kubernetes.";
    assertThat(read(Map.of()).sandboxes().kubernetes()).isEmpty();
    assertThat(read(Map.of(name + "image", "runtimes")).sandboxes().allowed())
        .doesNotContain(BackEnd.KUBERNETES);
    Map<String, String> enabled =
        Map.of(
            name + "enabled", "true",
            name + "image", "runtimes",
            name + "runtime-class", "gvisor",
            name + "node-selector.pool", "tasks");
    assertThat(read(enabled).sandboxes().allowed()).contains(BackEnd.KUBERNETES);
    assertThat(read(enabled).kubernetes())
        .hasValueSatisfying(settings -> {
          assertThat(settings.namespace()).isEqualTo("taskwright-tasks");
          assertThat(settings.runtimeClass()).contains("gvisor");
          assertThat(settings.pullSecret()).isEmpty();
          assertThat(settings.nodeSelector()).containsEntry("pool", "tasks");
        });
    assertThatThrownBy(() -> read(Map.of("taskwright.executor.sandbox", "kubernetes")))
        .hasMessageContaining(name + "enabled must be true");
    assertThatThrownBy(() -> read(Map.of(name + "enabled", "true")))
        .hasMessageContaining(name + "image must be");
  }

  @ParameterizedTest
  @CsvSource({
    "taskwright.executor.egress.open-ranges, 10/8",
    "taskwright.executor.egress.open-ranges, everywhere",
    "taskwright.executor.egress.bytes, much",
    "taskwright.executor.egress.bytes, 0",
    "taskwright.executor.egress.rate, -1",
    "taskwright.executor.egress.rate, 15Ki",
    "taskwright.executor.egress.connections, 0",
    "taskwright.executor.egress.connections, 129",
    "taskwright.executor.egress.hosts, *",
    "taskwright.executor.dependencies.pip.index, ftp://pypi.example",
    "taskwright.executor.dependencies.npm.index, https://npm.example/?x",
    "taskwright.executor.dependencies.maven.index, nowhere",
    "taskwright.executor.dependencies.maven.hosts, files.example",
    "taskwright.executor.dependencies.largest, much",
    "taskwright.executor.dependencies.files, 0",
    "taskwright.executor.dependencies.kept, 0",
    "taskwright.executor.slots, 0",
    "taskwright.executor.least-slots, 0",
    "taskwright.executor.memory-reserve, some",
    "taskwright.executor.drain, PT-1S",
    "taskwright.executor.sandbox, chroot",
    "taskwright.executor.kubernetes.namespace, No_Name",
    "taskwright.executor.kubernetes.patience, PT0S"
  })
  void sayWhatIsWrong(String name, String value) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must be")
        .hasMessageContaining(value);
  }

  @Test
  void nameWhatIsMissing() {
    assertThatThrownBy(() -> ExecutorSettings.of(new Properties(), "default"))
        .hasMessageContaining("the setting taskwright.api.url is missing");
  }
}
