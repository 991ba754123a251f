package io.taskwright.acceptance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The arrows between the modules: what each may see, and what it must not. */
@AnalyzeClasses(
    packages = "io.taskwright",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestTools.class
    })
class ArchitectureTest {
  private static final Map<String, List<String>> ARROWS =
      Map.of(
          "model", List.of(),
          "rules", List.of("model"),
          "sandbox", List.of("model"),
          "store", List.of("model"),
          "temporal", List.of("model"),
          "workflows", List.of("model"),
          "activities", List.of("model", "rules", "sandbox", "store", "workflows.contract"),
          "workers", List.of("model", "store", "temporal", "workflows", "activities"),
          "api", List.of("model", "rules", "store", "temporal", "workflows.contract"),
          "client", List.of("model"));

  /** Leaves the test tools out: they are shipped to nobody. */
  static final class DoNotIncludeTestTools implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return !location.contains("/testkit/");
    }
  }

  private static ArchRule seesOnly(String module) {
    List<String> seen = new ArrayList<>();
    seen.add("io.taskwright." + module + "..");
    ARROWS.get(module).forEach(other -> seen.add("io.taskwright." + other + ".."));
    DescribedPredicate<JavaClass> foreign =
        resideInAPackage("io.taskwright..")
            .and(DescribedPredicate.not(resideInAnyPackage(seen.toArray(String[]::new))));
    return noClasses()
        .that()
        .resideInAPackage("io.taskwright." + module + "..")
        .should()
        .dependOnClassesThat(foreign)
        .as(module + " sees only " + ARROWS.get(module));
  }

  @ArchTest static final ArchRule MODEL = seesOnly("model");
  @ArchTest static final ArchRule RULES = seesOnly("rules");
  @ArchTest static final ArchRule SANDBOX = seesOnly("sandbox");
  @ArchTest static final ArchRule STORE = seesOnly("store");
  @ArchTest static final ArchRule TEMPORAL = seesOnly("temporal");
  @ArchTest static final ArchRule WORKFLOWS = seesOnly("workflows");
  @ArchTest static final ArchRule ACTIVITIES = seesOnly("activities");
  @ArchTest static final ArchRule WORKERS = seesOnly("workers");
  @ArchTest static final ArchRule API = seesOnly("api");
  @ArchTest static final ArchRule CLIENT = seesOnly("client");

  @ArchTest
  static final ArchRule THE_MODEL_IS_PURE =
      classes()
          .that()
          .resideInAPackage("io.taskwright.model..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java.lang..",
                      "java.util..",
                      "java.math..",
                      "java.time..",
                      "org.jspecify..",
                      "tools.jackson.databind",
                      "io.taskwright.model..")
                  .or(
                      belongToAnyOf( // how names are spelt
                          IDN.class, InetAddress.class, Normalizer.class, StandardCharsets.class)));

  @ArchTest
  static final ArchRule THE_MODEL_ASKS_NO_RESOLVER =
      noClasses()
          .that()
          .resideInAPackage("io.taskwright.model..")
          .should()
          .callMethodWhere(
              DescribedPredicate.<JavaMethodCall>describe(
                  "something else of an address than what its text says",
                  call ->
                      call.getTargetOwner().isEquivalentTo(InetAddress.class)
                          && !Set.of("ofLiteral", "getHostAddress").contains(call.getName())));

  @ArchTest
  static final ArchRule WORKFLOWS_KNOW_TEMPORAL_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.taskwright.workflows..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "java.sql..",
              "javax.sql..",
              "java.net..",
              "java.io..",
              "com.github.dockerjava..",
              "io.fabric8..");

  @ArchTest
  static final ArchRule WORKFLOWS_ASK_TEMPORAL_FOR_TIME_AND_CHANCE =
      noClasses()
          .that()
          .resideInAPackage("io.taskwright.workflows..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Random.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.HashMap.class);

  @ArchTest
  static final ArchRule ONLY_THE_STORE_SPEAKS_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.taskwright.store..", "io.taskwright.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "org.springframework.jdbc.core..",
              "jakarta.persistence..",
              "org.springframework.data..");

  @ArchTest
  static final ArchRule SANDBOXES_KNOW_NEITHER_TEMPORAL_NOR_SPRING =
      noClasses()
          .that()
          .resideInAPackage("io.taskwright.sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.temporal..", "org.springframework..");

  @ArchTest
  static final ArchRule NOBODY_USES_THE_OLD_JACKSON =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.taskwright.sandbox.javascript..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS =
      noFields().should().beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_THINGS_ARE =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .resideInAnyPackage("..util..", "..common..", "..dto..", "..impl..");

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
