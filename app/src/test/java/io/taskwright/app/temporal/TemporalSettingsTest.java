package io.taskwright.app.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.PortName;
import io.taskwright.app.data.Ports;
import io.taskwright.app.data.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

final class TemporalSettingsTest {
  private final Ports ports = new Ports(numbers());
  private final TemporalSettings settings =
      new TemporalSettings(new DataFolder(Path.of("/data \"of\" Ada")), ports);

  @Test
  void givesEachServiceItsOwnPortsOnThisMachineOnly() {
    Map<String, Object> services = map(yaml(settings.server("secret")), "services");

    assertThat(services.keySet()).containsExactly("frontend", "history", "matching", "worker");
    List<Object> numbers = new ArrayList<>();
    for (String service : services.keySet()) {
      Map<String, Object> rpc = map(map(services, service), "rpc");
      assertThat(rpc).containsEntry("bindOnLocalHost", true);
      numbers.addAll(List.of(rpc.get("grpcPort"), rpc.get("membershipPort")));
    }
    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(map(map(services, "frontend"), "rpc"))
        .containsEntry("grpcPort", ports.number(PortName.TEMPORAL));
  }

  @Test
  void readsAnyPasswordAndAnyPathAsItIs() {
    Map<String, Object> server = yaml(settings.server("a\"b\\c: #{"));

    Map<String, Object> stores = map(map(server, "persistence"), "datastores");
    assertThat(map(map(stores, "default"), "sql"))
        .containsEntry("password", "a\"b\\c: #{")
        .containsEntry("databaseName", "temporal");
    assertThat(map(map(stores, "visibility"), "sql"))
        .containsEntry("password", "a\"b\\c: #{")
        .containsEntry("databaseName", "temporal_visibility");
    assertThat(map(server, "dynamicConfigClient"))
        .containsEntry("filepath", "/data \"of\" Ada/temporal/dynamic-config.yaml");
  }

  @Test
  void staysWithFourShards() {
    assertThat(map(yaml(settings.server("secret")), "persistence"))
        .containsEntry("numHistoryShards", 4);
  }

  @Test
  void letsNoOtherPageUseTheWebUi() {
    Map<String, Object> ui = yaml(settings.ui());

    assertThat(ui)
        .containsEntry("host", "127.0.0.1")
        .containsEntry("defaultNamespace", "taskwright");
    assertThat(map(ui, "cors"))
        .containsEntry("unsafeAllowAllOrigins", false)
        .containsEntry("allowOrigins", List.of("http://" + ports.address(PortName.TEMPORAL_UI)));
  }

  @Test
  void asksOftenForWhatIsToBeDispatched() {
    Map<String, Object> dynamic =
        yaml(Template.beside(TemporalSettings.class, "templates/dynamic-config.yaml").text());

    assertThat(dynamic)
        .containsEntry("history.transferProcessorMaxPollRPS", List.of(Map.of("value", 1000)))
        .containsEntry("matching.enableFairness", List.of(Map.of("value", true)));
  }

  private static Map<PortName, Integer> numbers() {
    Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
    for (PortName name : PortName.values()) {
      numbers.put(name, 20_000 + numbers.size());
    }
    return numbers;
  }

  private static Map<String, Object> yaml(String text) {
    return new Yaml().load(text);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> yaml, String key) {
    return (Map<String, Object>) yaml.getOrDefault(key, Map.of());
  }
}
