package io.taskwright.sandbox.offer;

import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.bubblewrap.BubblewrapSandbox;
import io.taskwright.sandbox.docker.DockerSandbox;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.javascript.JavascriptSandbox;
import io.taskwright.sandbox.kubernetes.KubernetesSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The back ends that this host offers. One that lacks something or fails a check is not offered;
 * nothing takes its place with less protection.
 */
public final class Sandboxes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sandboxes.class);

  /** Opens a back end. */
  interface Opener {
    Sandbox open(BackEnd backEnd) throws EnvironmentException;
  }

  private final List<Offer> offers;

  private Sandboxes(List<Offer> offers) {
    this.offers = List.copyOf(offers);
  }

  /** Opens and probes every back end that the settings allow; takes some seconds. */
  public static Sandboxes open(SandboxSettings settings) {
    return open(settings, backEnd -> openReal(backEnd, settings));
  }

  static Sandboxes open(SandboxSettings settings, Opener opener) {
    List<Offer> offers = new ArrayList<>();
    for (BackEnd backEnd : BackEnd.values()) {
      if (settings.allowed().contains(backEnd)) {
        Offer offer = offer(backEnd, opener);
        report(offer);
        offers.add(offer);
      }
    }
    return new Sandboxes(offers);
  }

  /** What became of each back end that was allowed. */
  public List<Offer> offers() {
    return offers;
  }

  /**
   * What runs a program of the runtime under the protection that its author asks for: at LOW the
   * fastest, at MEDIUM and HIGH a container where there is one.
   */
  public Choice choose(TaskRuntime runtime, SecurityLevel level) {
    for (BackEnd backEnd : preference(level)) {
      for (Offer offer : offers) {
        if (offer instanceof Offer.Offered offered
            && offered.backEnd() == backEnd
            && offered.sandbox().runtimes().contains(runtime)) {
          return new Choice.Found(offered.sandbox());
        }
      }
    }
    return new Choice.None(whyNone(runtime, level));
  }

  @Override
  public void close() {
    for (Offer offer : offers) {
      if (offer instanceof Offer.Offered offered) {
        offered.sandbox().close();
      }
    }
  }

  private static List<BackEnd> preference(SecurityLevel level) {
    return switch (level) {
      case LOW ->
          List.of(BackEnd.BUBBLEWRAP, BackEnd.DOCKER, BackEnd.KUBERNETES, BackEnd.JAVASCRIPT);
      case MEDIUM ->
          List.of(BackEnd.DOCKER, BackEnd.KUBERNETES, BackEnd.BUBBLEWRAP, BackEnd.JAVASCRIPT);
      // Never in the worker itself.
      case HIGH -> List.of(BackEnd.DOCKER, BackEnd.KUBERNETES, BackEnd.BUBBLEWRAP);
    };
  }

  private String whyNone(TaskRuntime runtime, SecurityLevel level) {
    String each =
        offers.stream()
            .map(offer -> offer.backEnd().word() + ": " + whyNot(offer, level))
            .collect(Collectors.joining("; "));
    return "nothing on this host runs "
        + runtime.word()
        + " at security level "
        + level
        + (each.isEmpty() ? ": no back end is allowed" : " (" + each + ")");
  }

  private static String whyNot(Offer offer, SecurityLevel level) {
    if (!preference(level).contains(offer.backEnd())) {
      return "not for this level";
    }
    return offer instanceof Offer.Offered offered
        ? "it runs only " + words(offered.sandbox())
        : offer.reason();
  }

  private static String words(Sandbox sandbox) {
    return sandbox.runtimes().stream()
        .map(TaskRuntime::word)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Offer offer(BackEnd backEnd, Opener opener) {
    try {
      Sandbox sandbox = opener.open(backEnd);
      ProbeReport report = sandbox.probe();
      if (report.passed()) {
        return new Offer.Offered(backEnd, sandbox, report);
      }
      sandbox.close();
      return new Offer.Refused(backEnd, report);
    } catch (EnvironmentException e) {
      return new Offer.Absent(backEnd, String.valueOf(e.getMessage()));
    }
  }

  private static void report(Offer offer) {
    String name = offer.backEnd().word();
    switch (offer) {
      case Offer.Offered offered ->
          LOG.atInfo()
              .addKeyValue("backEnd", name)
              .addKeyValue("runtimes", words(offered.sandbox()))
              .addKeyValue("checks", offered.report().checks().size())
              .log("sandbox offered");
      case Offer.Refused refused ->
          LOG.atWarn()
              .addKeyValue("backEnd", name)
              .addKeyValue("reason", refused.reason())
              .log("sandbox refused");
      case Offer.Absent absent ->
          LOG.atWarn()
              .addKeyValue("backEnd", name)
              .addKeyValue("reason", absent.reason())
              .log("sandbox not there");
    }
  }

  private static Sandbox openReal(BackEnd backEnd, SandboxSettings settings)
      throws EnvironmentException {
    Path folder = settings.folder().resolve(backEnd.word());
    return switch (backEnd) {
      case BUBBLEWRAP ->
          BubblewrapSandbox.open(settings.instance(), folder, settings.egress(), settings.warm());
      case DOCKER ->
          DockerSandbox.open(settings.instance(), folder, settings.egress(), settings.warm());
      case KUBERNETES ->
          KubernetesSandbox.open(
              settings.instance(),
              folder,
              settings
                  .kubernetes()
                  .orElseThrow(() -> new EnvironmentException("no cluster is configured")),
              settings.warm());
      case JAVASCRIPT -> new JavascriptSandbox(settings.javascriptHeap());
    };
  }
}
