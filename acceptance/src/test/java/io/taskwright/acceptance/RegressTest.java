package io.taskwright.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.taskwright.sandbox.Sandbox;
import org.junit.jupiter.api.Test;

/**
 * What went wrong in other systems, and cannot by the way the code is made; see known_attacks.md.
 */
class RegressTest {
  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/testkit/"))
          .importPackages("io.taskwright");

  private static GivenClassesConjunction classesBut(String... packages) {
    return noClasses().that().resideOutsideOfPackages(packages);
  }

  @Test
  void regressR06HasNoExpressionLanguageThatReachesObjectsOfTheJvm() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.script..",
            "org.springframework.expression..",
            "org.graalvm..",
            "org.mozilla..",
            "groovy..",
            "org.codehaus.groovy..",
            "ognl..",
            "org.mvel2..",
            "bsh..",
            "org.apache.commons.jexl3..",
            "org.apache.velocity..",
            "freemarker..")
        .check(SHIPPED);
  }

  @Test
  void regressR09OnlyAttemptsHandProgramsToASandbox() {
    classesBut("io.taskwright.activities..", "io.taskwright.sandbox..")
        .should()
        .callMethodWhere(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "a program is started",
                call ->
                    call.getTargetOwner().isAssignableTo(Sandbox.class)
                        && call.getName().equals("start")))
        .check(SHIPPED);
  }

  @Test
  void regressR32HasNoScriptEngine() throws Exception {
    for (String engine :
        new String[] {
          "org.openjdk.nashorn.api.scripting.NashornScriptEngineFactory",
          "org.graalvm.polyglot.Context",
          "org.mozilla.javascript.Context",
          "groovy.lang.GroovyShell",
          "org.python.util.PythonInterpreter",
          "org.jruby.Ruby"
        }) {
      assertThat(getClass().getResource("/" + engine.replace('.', '/') + ".class"))
          .as(engine)
          .isNull();
    }
    assertThat(
            java.util.Collections.list(
                getClass()
                    .getClassLoader()
                    .getResources("META-INF/services/javax.script.ScriptEngineFactory")))
        .isEmpty();
  }

  @Test
  void regressR39TheApiStartsNoProcessAndNoProgram() {
    noClasses()
        .that()
        .resideInAnyPackage("io.taskwright.api..", "io.taskwright.rules..", "io.taskwright.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.taskwright.sandbox..", "io.taskwright.activities..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .callMethodWhere(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "a process is started",
                call ->
                    call.getTargetOwner().isEquivalentTo(Runtime.class)
                        && call.getName().equals("exec")))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.tools..")
        .check(SHIPPED);
  }

  @Test
  void regressR48BuildsNoImageAtRunTime() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "com\\.github\\.dockerjava\\.api\\.command\\.(Build|Pull|Load|Commit|Create)Image.*"
                + "|com\\.github\\.dockerjava\\.api\\.command\\.CommitCmd")
        .check(SHIPPED);
  }
}
