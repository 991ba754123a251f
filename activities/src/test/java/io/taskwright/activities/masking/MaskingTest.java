package io.taskwright.activities.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.secret.SecretValue;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Usage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MaskingTest {
  private static final String SECRET = "pä\"ss/w+ör d=%&\\😀-9";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static Masking of(String... secrets) {
    return Masking.of(Arrays.stream(secrets).map(SecretValue::new).toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String returned(Masking masking, String output) {
    return masking.end(new RunEnd.Returned(output, Usage.NONE)) instanceof RunEnd.Returned told
        ? told.output()
        : "no output";
  }

  private static Failure failed(Masking masking, String message, @Nullable JsonNode details) {
    RunEnd end =
        masking.end(
            new RunEnd.Failed(new Failure(FailureCode.CODE_ERROR, message, details), Usage.NONE));
    return ((RunEnd.Failed) end).failure();
  }

  @Test
  void whatHasNoSecretStaysAsItIs() {
    assertThat(of(SECRET).text("pä\"ss 100% \\n \\u00 %4 ")).isEqualTo("pä\"ss 100% \\n \\u00 %4 ");
    assertThat(Masking.NONE.text(SECRET)).isEqualTo(SECRET);
    assertThat(returned(of(SECRET), "{ \"a\" : 1.50 }")).isEqualTo("{ \"a\" : 1.50 }");
  }

  @Test
  void aSecretIsHiddenInEveryFormThatIsUsual() {
    String json = JSON.writeValueAsString(SECRET);
    String inJson = JSON.writeValueAsString(json);
    String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    StringBuilder ascii = new StringBuilder();
    SECRET.chars().forEach(c -> ascii.append("\\u%04x".formatted(c)));
    StringBuilder everyByte = new StringBuilder();
    StringBuilder python = new StringBuilder();
    for (byte b : bytes(SECRET)) {
      everyByte.append("%%%02x".formatted(b));
      python.append("\\x%02x".formatted(b));
    }
    for (String form :
        List.of(
            SECRET,
            json.substring(1, json.length() - 1),
            inJson.substring(3, inJson.length() - 3),
            url,
            url.replace("+", "%20"),
            url.replace("%2F", "/"),
            everyByte.toString(),
            ascii.toString(),
            python.toString(),
            HexFormat.of().formatHex(bytes(SECRET)),
            HexFormat.of().withUpperCase().formatHex(bytes(SECRET)))) {
      assertThat(of("other-secret", SECRET).text("<" + form + ">")).isEqualTo("<***>");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "user:", "Bearer "})
  void base64IsHiddenWhateverStandsBeside(String before) {
    for (String after : List.of("", "\n", "x", "xyz")) {
      byte[] whole = bytes(before + SECRET + after);
      for (Base64.Encoder encoder :
          List.of(
              Base64.getEncoder(),
              Base64.getUrlEncoder().withoutPadding(),
              Base64.getMimeEncoder(20, bytes("\r\n")))) {
        String masked = of(SECRET).text(encoder.encodeToString(whole)).replaceAll("[\r\n]", "");
        String beside =
            Base64.getEncoder().encodeToString(bytes(before)).replace("=", "")
                + Base64.getEncoder().encodeToString(bytes("xx" + after)).replace("=", "");
        assertThat(masked.replaceAll("(\\*\\*\\*)+", "").length())
            .as(masked)
            .isLessThanOrEqualTo(beside.length() + 2);
        assertThat(masked).contains("***");
      }
    }
  }

  @Test
  void theShortestSecretIsHiddenToo() {
    Masking masking = of("q7#Z");
    assertThat(masking.text("x q7#Z y")).isEqualTo("x *** y");
    for (String before : List.of("", "1", "12")) {
      String form = Base64.getEncoder().encodeToString(bytes(before + "q7#Z"));
      assertThat(masking.text(form)).contains("***").hasSizeLessThan(form.length());
    }
  }

  @Test
  void secretsThatOverlapLeaveNothingBetween() {
    Masking masking = of("abcdef", "defghi", "cde1", "aaaa");
    assertThat(masking.text("-abcdefghi-")).isEqualTo("-***-");
    assertThat(masking.text("-abcde1-")).isEqualTo("-ab***-");
    assertThat(masking.text("-aaaaaaaaaaa-")).isEqualTo("-***-");
  }

  @Test
  void linesOfADocumentAreSecretsToo() {
    String key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhk\niG9w0BAQEFAASCBKcwgg\n-----END-----\n";
    Masking masking = of(key);
    assertThat(masking.text("[INFO] MIIEvQIBADANBgkqhk")).isEqualTo("[INFO] ***");
    assertThat(masking.text(JSON.writeValueAsString(key.strip()))).isEqualTo("\"***\"");
    assertThat(masking.text(JSON.writeValueAsString(JSON.writeValueAsString(key.strip()))))
        .isEqualTo("\"\\\"***\\\"\"");
  }

  @Test
  void outputStaysJson() {
    Masking masking = of("s3cr3t", "12345678");
    assertThat(
            JSON.readTree(
                returned(
                    masking,
                    "{\"s3cr3t\":1,\"x s3cr3t\":[\"a\\u00733cr3t\"],\"n\":12345678,"
                        + "\"***\":2,\"f\":0.12345678,\"b\":true,\"z\":null,\"d\":1.50}")))
        .isEqualTo(
            JSON.readTree(
                "{\"***\":1,\"x ***\":[\"a***\"],\"n\":\"***\",\"****\":2,\"f\":\"0.***\","
                    + "\"b\":true,\"z\":null,\"d\":1.50}"));
    assertThat(returned(masking, "\"s3cr3t\"")).isEqualTo("\"***\"");
  }

  @Test
  void whatCannotBeLookedThroughIsWithheld() {
    RunEnd end = of(SECRET).end(new RunEnd.Returned("no JSON " + SECRET, Usage.NONE));
    assertThat(end).isInstanceOf(RunEnd.Failed.class);
    assertThat(end.toString()).contains("withheld").doesNotContain("no JSON");
  }

  @Test
  void failuresAreMaskedWithTheirDetails() {
    Failure failure =
        failed(
            of("s3cr3t"),
            "it said s3cr3t",
            JSON.readTree("{\"exitCode\":1,\"stackTrace\":\"at s3cr3t\\n\",\"l\":[\"s3cr3t\"]}"));
    assertThat(failure.message()).isEqualTo("it said ***");
    assertThat(failure.details())
        .isEqualTo(JSON.readTree("{\"exitCode\":1,\"stackTrace\":\"at ***\\n\",\"l\":[\"***\"]}"));
  }

  @Test
  void partsOfASecretAreHiddenWhereATextWasCut() {
    String secret = "0123456789abcdefghijklmnopqrstuvwxyz";
    Masking masking = of(secret);
    String[] cuts = {
      "ends in 0123456789ab", "lmnopqrstuvwxyz begins", "x 01234567\n…\nqrstuvwxyz y", "cdefghijkl"
    };
    List<String> told = new ArrayList<>();
    for (String cut : cuts) {
      told.add(failed(masking, cut, null).message());
    }
    assertThat(told).containsExactly("ends in ***", "*** begins", "x ***\n…\n*** y", "***");
    String url = "%30%31%32%33%34%35";
    assertThat(failed(masking, "to " + url, null).message()).isEqualTo("to ***");
    assertThat(failed(masking, "%77%78%79%7A to", null).message()).isEqualTo("*** to");
  }
}
