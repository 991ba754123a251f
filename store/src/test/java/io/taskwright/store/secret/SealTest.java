package io.taskwright.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] CLEAR = "clear text".getBytes(StandardCharsets.UTF_8);

  private final Seal seal = new Seal(Seal.freshKey());

  @Test
  void opensUnderTheSameLabelOnly() {
    byte[] sealed = seal.close(CLEAR, "project", "name", "1");
    assertThat(seal.open(sealed, "project", "name", "1")).contains(CLEAR);
    assertThat(seal.open(sealed, "project", "name", "2")).isEmpty();
    assertThat(seal.open(sealed, "project", "name")).isEmpty();
    assertThat(seal.open(sealed, "projectn", "ame", "1")).isEmpty();
  }

  @Test
  void opensByTheSameKeyOnly() {
    assertThat(new Seal(Seal.freshKey()).open(seal.close(CLEAR, "x"), "x")).isEmpty();
  }

  @Test
  void doesNotOpenWhatWasChanged() {
    byte[] sealed = seal.close(CLEAR, "x");
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(seal.open(changed, "x")).as("byte " + i).isEmpty();
    }
    assertThat(seal.open(new byte[0], "x")).isEmpty();
    assertThat(seal.open(new byte[] {1, 2, 3}, "x")).isEmpty();
  }

  @Test
  void theSameIsNeverSealedTheSameWay() {
    assertThat(seal.close(CLEAR, "x")).isNotEqualTo(seal.close(CLEAR, "x"));
  }

  @Test
  void aMasterKeyIs32BytesInBase64AndDoesNotShowItself() {
    String text = MasterKey.fresh();
    MasterKey key = MasterKey.parse(text);
    assertThat(key.id()).matches("[0-9a-f]{16}").isEqualTo(MasterKey.parse(text).id());
    assertThat(key.toString()).contains(key.id()).doesNotContain(text);
    assertThat(MasterKey.parse(MasterKey.fresh()).id()).isNotEqualTo(key.id());
    for (String wrong : new String[] {"", "no base64!", "c2hvcnQ="}) {
      assertThatThrownBy(() -> MasterKey.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("32 bytes")
          .hasNoCause();
    }
  }
}
