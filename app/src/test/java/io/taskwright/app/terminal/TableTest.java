package io.taskwright.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  private static Table table() {
    return new Table("ID", "TEXT", "N")
        .cutting("TEXT")
        .row("1", "short", "10")
        .row("2", "我爱北京\t天安门 and more\n", "2");
  }

  @Test
  void columnsStandBelowTheirHeads() {
    assertThat(table().text(Integer.MAX_VALUE))
        .isEqualTo(
            """
            ID  TEXT                          N
            1   short                         10
            2   我爱北京 天安门 and more\\x0a  2
            """);
  }

  @Test
  void aNarrowScreenCutsWhatMayBeCut() {
    assertThat(table().text(20))
        .isEqualTo(
            """
            ID  TEXT          N
            1   short         10
            2   我爱北京 天…  2
            """);
  }

  @Test
  void whatMustBeWholeIsWhole() {
    assertThat(new Table("ID").row("0123456789").text(3)).isEqualTo("ID\n0123456789\n");
  }
}
