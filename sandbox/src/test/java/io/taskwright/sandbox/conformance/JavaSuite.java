package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;

import io.taskwright.model.execution.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code's contract in Java. */
abstract class JavaSuite extends Suite {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "import java.util.*; public class Main { public static Object main(Map<String, Object> in)"
            + " { return (Integer) in.get(\"a\") + 1; } }",
        "import java.util.*; class Main { Object main(Map<String, Object> in) { return (Integer)"
            + " in.get(\"a\") + 1; } }",
        "import org.json.*; public class Main { static JSONObject main(JSONObject in) { return"
            + " in.put(\"a\", 42); } }",
        "public class Main { public static String main(String in) { return in.replace(\"1\","
            + " \"2\"); } }",
        "import java.util.*; public class Main { static Object main(Object in) { return in; } }",
        "import java.util.*; public class Main { record Pair(int a, String b) {} static Object"
            + " main() { return List.of(new Pair(1, \"x\")); } }"
      })
  void callsMainHoweverItIsWritten(String source) {
    ResultAssert result = assertThat(java(source).input("{\"a\":41}").run());
    if (source.contains("record")) {
      result.returned("[{\"a\":1,\"b\":\"x\"}]");
    } else if (source.contains("JSONObject")) {
      result.returned("{\"a\":42}");
    } else if (source.contains("String in")) {
      result.returned("\"{\\\"a\\\":42}\"");
    } else if (source.contains("Object in)")) {
      result.returned("{\"a\":41}");
    } else {
      result.returned("42");
    }
  }

  @Test
  void runsAClassicMain() {
    assertThat(
            java("""
            import java.nio.file.*;
            public class Main {
              public static void main(String[] args) throws Exception {
                String in = new String(System.in.readAllBytes());
                Files.writeString(Path.of(System.getenv("TASK_OUTPUT")), "[" + in + "," + args.length + "]");
                System.out.println("done");
              }
            }
            """)
                .input("5")
                .run())
        .returned("[5,0]")
        .said("STDOUT done");
  }

  @Test
  void compilesSeveralSourcesTogether() {
    assertThat(
            java("import demo.Sums; public class Main { static Object main() { return Sums.add(1,"
                    + " new Helper().two()); } }")
                .file(
                    "demo/Sums.java",
                    "package demo; public class Sums { public static int add(int a, int b) { return"
                        + " a + b; } }")
                .file("Helper.java", "class Helper { int two() { return 2; } }")
                .run())
        .returned("3");
  }

  @Test
  void tellsTheStackOfTheProgramAlone() {
    assertThat(
            java("""
            public class Main {
              static Object main() {
                return inner();
              }
              static Object inner() {
                throw new IllegalStateException("boom");
              }
            }
            """)
                .run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("java.lang.IllegalStateException: boom")
        .withDetail("stackTrace", "at Main.inner(Main.java:6)", "at Main.main(Main.java:3)")
        .withoutInDetail("stackTrace", "io.taskwright", "jdk.internal");
  }

  @Test
  void tellsWhatDoesNotCompile() {
    assertThat(java("public class Main { int x = \"text\"; }").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("does not compile", "incompatible types", "Main.java:1");
    assertThat(java("public class Other { static Object main() { return 1; } }").run())
        .failed(FailureCode.CODE_ERROR);
    assertThat(java("class Main { static Object other() { return 1; } }").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("Main has no main");
    assertThat(
            java("import java.util.*; class Main { static Object main(Map<String, Object> in) {"
                    + " return 1; } }")
                .input("[]")
                .run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("main takes a Map, but the input is an array");
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThat(java("public class Main { static Object main() { return new Thread(); } }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("java.lang.Thread");
    assertThat(java("public class Main { static Object main() { return Double.NaN; } }").run())
        .failed(FailureCode.OUTPUT_INVALID);
  }

  @Test
  void endsWhenMainIsDoneWhateverElseGoesOn() {
    assertThat(
            java("""
            public class Main {
              static Object main() {
                new Thread(() -> { while (true) Thread.onSpinWait(); }).start();
                return java.util.stream.IntStream.range(0, 100).parallel().sum();
              }
            }
            """)
                .run())
        .returned("4950");
  }

  @Test
  void fillingTheHeapIsAMatterOfMemory() {
    assertThat(
            java("import java.util.*; public class Main { static Object main() { List<byte[]> all ="
                    + " new ArrayList<>(); while (true) all.add(new byte[1 << 20]); } }")
                .run())
        .exhausted("memory", "192Mi");
  }

  @Test
  void worksInTheLeastMemoryThatADefinitionGetsByDefault() {
    assertThat(
            java("import java.util.*; public class Main { record A(int b) {} static Object main() {"
                    + " return List.of(1, new A(2).b()); } }")
                .memory(128)
                .run())
        .returned("[1,2]");
  }
}
