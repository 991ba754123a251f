package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.ResultCache;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultKeyTest {
  private static byte[] key(String input, String... pointers) {
    return ResultKey.of(
        new ResultCache(ResultCache.LEAST, List.of(pointers)), input.replace('\'', '"'));
  }

  @Test
  void theOrderOfFieldsDoesNotMatter() {
    assertThat(key("{'a':{'x':1,'y':[2]},'b':3}")).isEqualTo(key("{'b':3,'a':{'y':[2],'x':1}}"));
  }

  @Test
  void theOrderOfItemsMatters() {
    assertThat(key("[1,2]")).isNotEqualTo(key("[2,1]"));
  }

  @Test
  void numbersCountAsTheyAreWritten() {
    assertThat(key("1")).isNotEqualTo(key("1.0"));
    assertThat(key("0.1")).isNotEqualTo(key("0.1000000000000000055511151231257827"));
    assertThat(key("1")).isNotEqualTo(key("'1'"));
  }

  @Test
  void onlyWhatIsPointedToCounts() {
    assertThat(key("{'a':1,'b':2}", "/a")).isEqualTo(key("{'a':1,'b':3}", "/a"));
    assertThat(key("{'a':1}", "/a")).isNotEqualTo(key("{'a':2}", "/a"));
  }

  @Test
  void whatIsAbsentIsNotNull() {
    assertThat(key("{'a':null}", "/a")).isNotEqualTo(key("{}", "/a"));
  }

  @Test
  void partsDoNotTakeEachOthersPlace() {
    assertThat(key("{'a':1}", "/a", "/b")).isNotEqualTo(key("{'b':1}", "/a", "/b"));
  }
}
