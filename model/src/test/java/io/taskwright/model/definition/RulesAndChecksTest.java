package io.taskwright.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.Violation;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.file.FilePattern;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RulesAndChecksTest {
  @Test
  void filesAreLookedForOnce() {
    Check check = new Check.Artifact(new FilePattern("*.csv"), 1, new ByteSize(10));
    assertThat(check.within()).isZero();
  }

  @Test
  void wantedStatusesStayAsTheyWere() {
    Set<Integer> wanted = new HashSet<>(Set.of(200));
    Check.Http check =
        new Check.Http(
            "http://example.org", Check.Http.Method.HEAD, wanted, null, Duration.ofSeconds(1));
    wanted.add(404);
    assertThat(check.status()).containsExactly(200);
    assertThat(check.within()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void rulesSayWhatTheyAreAgainst() {
    Rule rule = new Rule(Rule.On.OUTPUT, "output > 1", Rule.Then.WARN, "much");
    assertThat(List.of(rule.on().name(), rule.then().name())).containsExactly("OUTPUT", "WARN");
    Violation violation = new Violation("/n", "type", "must be a number");
    assertThat(violation.pointer()).isEqualTo("/n");
  }

  @Test
  void waitsGrowToTheLongest() {
    RetryPolicy policy =
        new RetryPolicy(9, Duration.ofSeconds(2), 3, Duration.ofSeconds(30), Set.of());
    assertThat(List.of(policy.waitAfter(1), policy.waitAfter(2), policy.waitAfter(9)))
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(30));
  }

  @Test
  void originsHaveTheWordsOfTheContract() {
    Origin origin = Origin.start(new Actor(Actor.Kind.KEY, "ada"));
    assertThat(origin.kind().word()).isEqualTo("api");
    assertThat(origin.execution()).isNull();
  }
}
