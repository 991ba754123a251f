package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.Work;
import io.taskwright.model.secret.SecretName;
import io.taskwright.rules.DefinitionReader.Reading;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SecretsReaderTest {
  private static Reading read(String runtime, String secrets) {
    String definition =
        "{'name':'t','automated':{'runtime':'%s','source':'x','secrets':%s}}"
            .formatted(runtime, secrets);
    return new DefinitionReader(Caps.DEFAULT)
        .read(JsonMapper.shared().readTree(definition.replace('\'', '"')));
  }

  private static Map<String, SecretName> secrets(String secrets) {
    return read("python", secrets) instanceof Reading.Valid valid
            && valid.definition().work() instanceof Work.Automated work
        ? work.secrets()
        : Map.of();
  }

  private static List<String> wrong(String runtime, String secrets) {
    return read(runtime, secrets) instanceof Reading.Invalid invalid
        ? invalid.violations().stream().map(SecretsReaderTest::brief).toList()
        : List.of();
  }

  private static String brief(Violation violation) {
    return violation.pointer() + " " + violation.keyword();
  }

  @Test
  void aListNamesSecretsByTheirOwnNames() {
    assertThat(secrets("['API_TOKEN','DB2']"))
        .isEqualTo(Map.of("API_TOKEN", new SecretName("API_TOKEN"), "DB2", new SecretName("DB2")));
  }

  @Test
  void anObjectGivesThemOtherNames() {
    assertThat(secrets("{'TOKEN':'PROD_API_TOKEN'}"))
        .isEqualTo(Map.of("TOKEN", new SecretName("PROD_API_TOKEN")));
  }

  @Test
  void noneIsNothing() {
    assertThat(secrets("[]")).isEmpty();
    assertThat(wrong("javascript", "[]")).isEmpty();
    assertThat(wrong("python", "null")).isEmpty();
  }

  @Test
  void whatCanBeNoNameIsAnUnknownSecret() {
    assertThat(wrong("python", "['../KEY','A','A','a']"))
        .containsExactly(
            "/automated/secrets/0 UNKNOWN_SECRET",
            "/automated/secrets/2 uniqueItems",
            "/automated/secrets/3 UNKNOWN_SECRET");
    assertThat(wrong("python", "{'A':'..','b':'B','C':1}"))
        .containsExactly(
            "/automated/secrets/A UNKNOWN_SECRET",
            "/automated/secrets/b pattern",
            "/automated/secrets/C UNKNOWN_SECRET");
  }

  @Test
  void otherFormsAreRefused() {
    assertThat(wrong("python", "'A'")).containsExactly("/automated/secrets type");
    assertThat(wrong("python", "[1]")).containsExactly("/automated/secrets type");
    String many =
        IntStream.range(0, 21).mapToObj(i -> "'S" + i + "'").collect(Collectors.joining(","));
    assertThat(wrong("python", "[" + many + "]")).containsExactly("/automated/secrets maxItems");
  }

  @Test
  void codeInsideAWorkerGetsNone() {
    assertThat(wrong("javascript", "['A']"))
        .containsExactly("/automated/secrets SECRETS_NOT_ALLOWED");
  }
}
