package io.taskwright.rules.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonDiffTest {
  private static List<String> changes(String from, String to) {
    return JsonDiff.changes(json(from), json(to)).stream()
        .map(it -> it.kind() + " " + it.pointer() + " " + it.from() + " " + it.to())
        .toList();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void findsNothingInWhatIsTheSame() {
    assertThat(changes("{'a':1,'b':[2]}", "{'b':[2.0],'a':1}")).isEmpty();
  }

  @Test
  void namesWhatCameWhatWentAndWhatIsOtherwise() {
    assertThat(changes("{'a':1,'b':{'c/d':'x'},'e':0}", "{'b':{'c/d':'y'},'e':0,'f':null}"))
        .containsExactly("REMOVED /a 1 null", "CHANGED /b/c~1d \"x\" \"y\"", "ADDED /f null null");
  }

  @Test
  void seesOneMoreItemAsOneChange() {
    assertThat(changes("[1,2,3]", "[1,9,2,3]")).containsExactly("ADDED /1 null 9");
    assertThat(changes("[1,2,3]", "[1,3]")).containsExactly("REMOVED /1 2 null");
    assertThat(changes("[{'a':1},2]", "[{'a':2},2]")).containsExactly("CHANGED /0/a 1 2");
    assertThat(changes("[1]", "[2,3]")).containsExactly("CHANGED /0 1 2", "ADDED /1 null 3");
  }

  @Test
  void saysWholeValuesThatAreOfAnotherKind() {
    assertThat(changes("{'a':[]}", "{'a':{}}")).containsExactly("CHANGED /a [] {}");
    assertThat(changes("1", "2")).containsExactly("CHANGED  1 2");
  }
}
