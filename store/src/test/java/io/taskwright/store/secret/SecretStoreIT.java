package io.taskwright.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.Project;
import io.taskwright.model.secret.SecretName;
import io.taskwright.model.secret.SecretValue;
import io.taskwright.store.StoreTestApplication;
import io.taskwright.store.access.ApiKeys;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(classes = StoreTestApplication.class)
class SecretStoreIT {
  private static final Project MINE = Project.DEFAULT;
  private static final Project OTHER = new Project("other");
  private static final SecretName NAME = new SecretName("API_TOKEN");
  private static final SecretValue VALUE = new SecretValue("s3cr3t välue");

  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired ApiKeys projects;

  private MasterKeys masters;
  private SecretStore store;

  @BeforeEach
  void startAnew() {
    jdbc.sql("truncate secret, project_key, master_key").update();
    projects.addProject(OTHER);
    masters = new MasterKeys(jdbc, transaction);
    store = new SecretStore(jdbc, masters);
  }

  private static MasterKey key() {
    return MasterKey.parse(MasterKey.fresh());
  }

  private Optional<SecretInfo> put(SecretValue value, @Nullable Integer expected) {
    return store.put(MINE, NAME, value, "for tests", expected, "ada");
  }

  private Revealed reveal() {
    return store.reveal(MINE, List.of(NAME));
  }

  private static Revealed just(SecretValue value) {
    return new Revealed.Values(Map.of(NAME, value));
  }

  @Test
  void givesBackWhatItKeptAndLeavesNoneOfItInTheTable() {
    masters.use(List.of(key()));
    SecretInfo kept = put(VALUE, null).orElseThrow();
    assertThat(kept.version()).isEqualTo(1);
    assertThat(kept.lastUsedAt()).isNull();
    assertThat(reveal()).isEqualTo(just(VALUE));
    assertThat(store.find(MINE, NAME).orElseThrow().lastUsedAt()).isNotNull();
    String rows = jdbc.sql("select s::text from secret s").query(String.class).single();
    String hex = HexFormat.of().formatHex("s3cr3t".getBytes(StandardCharsets.UTF_8));
    assertThat(rows).doesNotContain("s3cr3t", hex);
  }

  @Test
  void replacesTheVersionThatIsExpected() {
    masters.use(List.of(key()));
    assertThat(put(VALUE, 1)).isEmpty();
    assertThat(put(VALUE, 0)).isPresent();
    assertThat(put(new SecretValue("second"), 2)).isEmpty();
    SecretInfo second = put(new SecretValue("second"), 1).orElseThrow();
    assertThat(second.version()).isEqualTo(2);
    assertThat(reveal()).isEqualTo(just(new SecretValue("second")));
    assertThat(store.all(MINE)).containsExactly(store.find(MINE, NAME).orElseThrow());
  }

  @Test
  void aDeletedSecretIsGoneAndItsVersionsAreNotUsedAgain() {
    masters.use(List.of(key()));
    put(VALUE, null);
    assertThat(store.delete(MINE, NAME, "bob")).isTrue();
    assertThat(store.delete(MINE, NAME, "bob")).isFalse();
    assertThat(store.find(MINE, NAME)).isEmpty();
    assertThat(store.all(MINE)).isEmpty();
    assertThat(reveal()).isEqualTo(new Revealed.Unknown(List.of(NAME)));
    assertThat(put(VALUE, 0).orElseThrow().version()).isEqualTo(2);
    assertThat(reveal()).isEqualTo(just(VALUE));
  }

  @Test
  void anotherProjectsSecretIsUnknown() {
    masters.use(List.of(key()));
    put(VALUE, null);
    assertThat(store.find(OTHER, NAME)).isEmpty();
    assertThat(store.reveal(OTHER, List.of(NAME))).isEqualTo(new Revealed.Unknown(List.of(NAME)));
  }

  @Test
  void aValueInAnothersPlaceDoesNotOpen() {
    masters.use(List.of(key()));
    SecretName other = new SecretName("OTHER");
    put(VALUE, null);
    store.put(MINE, other, new SecretValue("other value"), "", null, "ada");
    jdbc.sql(
            "update secret set sealed = (select sealed from secret where name = 'API_TOKEN')"
                + " where name = 'OTHER'")
        .update();
    assertThat(store.reveal(MINE, List.of(other, NAME)))
        .isEqualTo(new Revealed.Shut(List.of(other)));
  }

  @Test
  void withoutTheMasterKeyNothingIsKeptAndNothingIsRevealed() {
    assertThatThrownBy(() -> put(VALUE, null)).isInstanceOf(SecretStore.KeyMissing.class);
    masters.use(List.of(key()));
    put(VALUE, null);
    SecretStore without = new SecretStore(jdbc, new MasterKeys(jdbc, transaction));
    assertThat(without.reveal(MINE, List.of(NAME))).isEqualTo(new Revealed.Shut(List.of(NAME)));
    assertThat(without.find(MINE, NAME)).isPresent();
  }

  @Test
  void theFirstServersKeyIsTheInstallations() {
    MasterKey first = key();
    assertThat(masters.known()).isEmpty();
    assertThat(masters.use(List.of(first))).isTrue();
    assertThat(masters.use(List.of(first))).isTrue();
    assertThat(new MasterKeys(jdbc, transaction).use(List.of(key()))).isFalse();
    assertThat(masters.known()).containsExactly(first.id());
  }

  @Test
  void aNewKeyMayComeBeforeOneThatIsKnown() {
    MasterKey old = key();
    masters.use(List.of(old));
    put(VALUE, null);
    MasterKey fresh = key();
    assertThat(masters.use(List.of(fresh, old))).isTrue();
    assertThat(reveal()).isEqualTo(just(VALUE));
    store.put(OTHER, NAME, VALUE, "", null, "ada");
    assertThat(masters.use(List.of(fresh))).isTrue();
    assertThat(reveal()).isEqualTo(new Revealed.Shut(List.of(NAME)));
    assertThat(store.reveal(OTHER, List.of(NAME))).isEqualTo(just(VALUE));
  }
}
