package io.taskwright.app.server;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.execution.Bounds;
import io.taskwright.model.execution.Routing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where automated work goes, {@code taskwright.routing.*}.
 *
 * @param functions whether lightweight work goes to a provider of functions
 * @param inProcess whether simple work may run inside core workers
 * @param lightweight the most that lightweight work asks for
 * @param simple the most that simple work asks for
 */
public record RoutingProperties(
    @DefaultValue("false") boolean functions,
    @DefaultValue("true") boolean inProcess,
    @DefaultValue Most lightweight,
    @DefaultValue Most simple) {
  /**
   * The most that a kind of work asks for; what is left out is as in {@link Routing#DEFAULT}.
   *
   * @param cpu such as {@code 0.5} or {@code 500m}
   * @param memory such as {@code 256Mi}
   */
  public record Most(@Nullable String cpu, @Nullable String memory, @Nullable Duration timeout) {
    private Bounds or(String name, Bounds usual) {
      return new Bounds(
          read(name + ".cpu", cpu, Cpu::parse, usual.cpu()),
          read(name + ".memory", memory, ByteSize::parse, usual.memory()),
          timeout == null ? usual.timeout() : timeout);
    }

    private static <T> T read(
        String name, @Nullable String text, Function<String, Optional<T>> reader, T usual) {
      return text == null
          ? usual
          : reader
              .apply(text)
              .orElseThrow(() -> new IllegalArgumentException(name + " cannot be " + text));
    }
  }

  Routing rules() {
    return new Routing(
        functions,
        inProcess,
        lightweight.or("taskwright.routing.lightweight", Routing.DEFAULT.lightweight()),
        simple.or("taskwright.routing.simple", Routing.DEFAULT.simple()));
  }
}
