package io.taskwright.model.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Code;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.Dependency;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.SecurityContext;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.definition.Work;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.model.secret.SecretName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoutingTest {
  private static final Routing USUAL = Routing.DEFAULT;
  private static final Routing FUNCTIONS =
      new Routing(true, true, USUAL.lightweight(), USUAL.simple());
  private static final Routing NOTHING_INSIDE =
      new Routing(false, false, USUAL.lightweight(), USUAL.simple());

  private static Work.Automated work(
      TaskRuntime runtime, SecurityLevel level, int millicores, int mebibytes, int seconds) {
    return new Work.Automated(
        runtime,
        new Code.Source("x"),
        new SecurityContext(level, List.of()),
        new ResourceRequirements(
            new Cpu(millicores),
            null,
            ByteSize.ofMebibytes(mebibytes),
            ByteSize.ofMebibytes(500),
            Duration.ofSeconds(seconds)),
        Map.of());
  }

  private static Work.Automated small(TaskRuntime runtime) {
    return work(runtime, SecurityLevel.LOW, 100, 128, 5);
  }

  @ParameterizedTest
  @EnumSource
  void highSecurityGoesIntoASandboxWhateverElseIsOn(TaskRuntime runtime) {
    Route route = FUNCTIONS.route(work(runtime, SecurityLevel.HIGH, 100, 128, 5));
    assertThat(route.method()).isEqualTo(Method.CONTAINER);
    assertThat(route.pool()).isEqualTo(Routing.DEFAULT_POOL);
    assertThat(route.reason()).contains("HIGH");
  }

  @Test
  void workWithPackagesIsNoFunction() {
    Work.Automated small = small(TaskRuntime.PYTHON);
    Work.Automated work =
        new Work.Automated(
            small.runtime(),
            small.code(),
            small.security(),
            small.resources(),
            Map.of(),
            Map.of(),
            OutputFiles.NONE,
            Optional.empty(),
            List.of(new Dependency("a", "a==1")));
    assertThat(FUNCTIONS.route(work).method()).isEqualTo(Method.CONTAINER);
  }

  @ParameterizedTest
  @EnumSource
  void workWithSecretsGoesIntoASandboxWhateverElseIsOn(TaskRuntime runtime) {
    Work.Automated plain = small(runtime);
    Route route =
        FUNCTIONS.route(
            new Work.Automated(
                runtime,
                plain.code(),
                plain.security(),
                plain.resources(),
                Map.of(),
                Map.of("TOKEN", new SecretName("API_TOKEN")),
                OutputFiles.NONE,
                Optional.empty(),
                List.of()));
    assertThat(route.method()).isEqualTo(Method.CONTAINER);
    assertThat(route.reason()).contains("secrets");
  }

  @ParameterizedTest
  @EnumSource
  void lightweightWorkIsAFunctionWhereTheyAreOn(TaskRuntime runtime) {
    Route route = FUNCTIONS.route(small(runtime));
    assertThat(route.method()).isEqualTo(Method.FAAS);
    assertThat(route.pool()).isEqualTo(Routing.FUNCTIONS_POOL);
    assertThat(route.reason()).contains("lightweight").contains("256Mi").contains("60 s");
  }

  @Test
  void whatExceedsOneBoundIsNotLightweight() {
    TaskRuntime python = TaskRuntime.PYTHON;
    assertThat(FUNCTIONS.route(work(python, SecurityLevel.MEDIUM, 250, 256, 60)).method())
        .isEqualTo(Method.FAAS);
    assertThat(FUNCTIONS.route(work(python, SecurityLevel.LOW, 251, 256, 60)).method())
        .isEqualTo(Method.CONTAINER);
    assertThat(FUNCTIONS.route(work(python, SecurityLevel.LOW, 250, 257, 60)).method())
        .isEqualTo(Method.CONTAINER);
    assertThat(FUNCTIONS.route(work(python, SecurityLevel.LOW, 250, 256, 61)).method())
        .isEqualTo(Method.CONTAINER);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatRunsInWebAssemblyIsSimple(TaskRuntime runtime) {
    Route route = USUAL.route(small(runtime));
    assertThat(route.method() == Method.IN_PROCESS).isEqualTo(runtime.inProcess());
    assertThat(route.pool())
        .isEqualTo(runtime.inProcess() ? Routing.IN_PROCESS_POOL : Routing.DEFAULT_POOL);
    assertThat(route.reason()).contains(runtime.word());
  }

  @Test
  void whatIsNotSimpleGoesIntoASandbox() {
    Route route = USUAL.route(work(TaskRuntime.JAVASCRIPT, SecurityLevel.LOW, 100, 129, 5));
    assertThat(route.method()).isEqualTo(Method.CONTAINER);
    assertThat(route.reason()).startsWith("not simple").contains("128Mi");
  }

  @Test
  void whatMayGetMoreMemoryThanABoundExceedsIt() {
    Work.Automated small = small(TaskRuntime.JAVASCRIPT);
    ResourceRequirements asked = small.resources();
    Work.Automated growing =
        new Work.Automated(
            small.runtime(),
            small.code(),
            small.security(),
            new ResourceRequirements(
                asked.cpu(),
                null,
                asked.memory(),
                asked.disk(),
                asked.timeout(),
                ByteSize.ofMebibytes(129),
                null),
            small.environment());
    assertThat(USUAL.route(growing).method()).isEqualTo(Method.CONTAINER);
  }

  @Test
  void nothingRunsInsideAWorkerWhereThatIsForbidden() {
    Route route = NOTHING_INSIDE.route(small(TaskRuntime.JAVASCRIPT));
    assertThat(route.method()).isEqualTo(Method.CONTAINER);
    assertThat(route.reason()).contains("inside a worker");
  }

  @ParameterizedTest
  @EnumSource
  void whatNamesItsPoolGoesIntoASandboxThere(TaskRuntime runtime) {
    Work.Automated any = small(runtime);
    Route route =
        FUNCTIONS.route(
            new Work.Automated(
                runtime,
                any.code(),
                any.security(),
                any.resources(),
                any.environment(),
                Map.of(),
                OutputFiles.NONE,
                Optional.of("gpu"),
                List.of()));
    assertThat(route)
        .isEqualTo(new Route(Method.CONTAINER, "gpu", "the definition names its pool"));
  }

  @Test
  void noPoolIsCalledLikeAPartOfTheService() {
    assertThat(Routing.isPool("gpu-2")).isTrue();
    assertThat(Routing.isPool("core")).isFalse();
    assertThat(Routing.isPool("functions")).isFalse();
    assertThat(Routing.isPool("GPU")).isFalse();
  }

  @Test
  void givesSignalsToSandboxesOnly() {
    Work.Automated work = work(TaskRuntime.JAVASCRIPT, SecurityLevel.LOW, 100, 64, 1);
    assertThat(USUAL.route(work, false, true).method()).isEqualTo(Method.CONTAINER);
    assertThat(USUAL.route(work, false, true).reason()).contains("signals");
    assertThat(USUAL.route(work, false, false).method()).isEqualTo(Method.IN_PROCESS);
  }
}
