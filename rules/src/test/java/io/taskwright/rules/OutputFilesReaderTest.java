package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskwright.model.ByteSize;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.Work;
import io.taskwright.model.file.OutputFiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OutputFilesReaderTest {
  private static DefinitionReader.Reading read(String more) {
    String json =
        "{'name':'t','automated':{'runtime':'python','source':'x'"
            + more.replace("\n", "\\n")
            + "}}";
    return new DefinitionReader(Caps.DEFAULT)
        .read(JsonMapper.shared().readTree(json.replace('\'', '"')));
  }

  private static OutputFiles valid(String more) {
    DefinitionReader.Reading reading = read(more);
    assertThat(reading).isInstanceOf(DefinitionReader.Reading.Valid.class);
    Work work = ((DefinitionReader.Reading.Valid) reading).definition().work();
    return ((Work.Automated) work).outputFiles();
  }

  private static List<Violation> invalid(String more) {
    DefinitionReader.Reading reading = read(more);
    assertThat(reading).isInstanceOf(DefinitionReader.Reading.Invalid.class);
    return ((DefinitionReader.Reading.Invalid) reading).violations();
  }

  @Test
  void keepsNothingUnlessAsked() {
    assertThat(valid("").none()).isTrue();
  }

  @Test
  void hasUsualLimits() {
    OutputFiles files = valid(",'outputFiles':['a.csv','p/*.png']");
    assertThat(files.include("p/x.png")).isTrue();
    assertThat(files.most()).isEqualTo(100);
    assertThat(files.mostBytes()).isEqualTo(ByteSize.ofMebibytes(100));
  }

  @Test
  void isBoundedByTheDisk() {
    String small =
        ",'executionConfig':{'resourceRequirements':{'disk':'10Mi'}},'outputFiles':['a']";
    assertThat(valid(small).mostBytes()).isEqualTo(ByteSize.ofMebibytes(10));
    assertThat(invalid(small + ",'outputFileLimits':{'size':'11Mi'}"))
        .extracting(Violation::pointer)
        .containsExactly("/automated/outputFileLimits/size");
    assertThat(valid(small + ",'outputFileLimits':{'size':'9Mi','count':3}").most()).isEqualTo(3);
  }

  @Test
  void pointsAtEachOddPattern() {
    assertThat(invalid(",'outputFiles':['ok','../x','/x','a/../../b','-rf','a\nb','CON','ok']"))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(
            tuple("/automated/outputFiles/1", "INVALID_PATH"),
            tuple("/automated/outputFiles/2", "INVALID_PATH"),
            tuple("/automated/outputFiles/3", "INVALID_PATH"),
            tuple("/automated/outputFiles/4", "INVALID_PATH"),
            tuple("/automated/outputFiles/5", "INVALID_PATH"),
            tuple("/automated/outputFiles/6", "INVALID_PATH"),
            tuple("/automated/outputFiles/7", "uniqueItems"));
  }

  @Test
  void refusesLimitsWithoutFilesAndBeyondTheCaps() {
    assertThat(invalid(",'outputFileLimits':{'count':3}"))
        .extracting(Violation::pointer)
        .containsExactly("/automated/outputFileLimits");
    assertThat(invalid(",'outputFiles':['a'],'outputFileLimits':{'count':1001,'size':'2Gi','x':1}"))
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder(
            "/automated/outputFileLimits/count",
            "/automated/outputFileLimits/size",
            "/automated/outputFileLimits/x");
  }
}
