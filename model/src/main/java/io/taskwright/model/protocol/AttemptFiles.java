package io.taskwright.model.protocol;

import io.taskwright.model.ByteSize;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.InputFile;
import io.taskwright.model.file.OutputFiles;
import java.util.List;

/**
 * The files that go into an attempt and come out of it.
 *
 * @param inputs to be fetched before it starts
 * @param outputs patterns of the files to be handed in after its end
 * @param most how many files to hand in
 * @param mostBytes of all together
 */
public record AttemptFiles(List<InputFile> inputs, List<String> outputs, int most, long mostBytes) {
  /** None go in or come out. */
  public static final AttemptFiles NONE = of(List.of(), OutputFiles.NONE);

  public AttemptFiles {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** These. */
  public static AttemptFiles of(List<InputFile> inputs, OutputFiles outputs) {
    return new AttemptFiles(
        inputs,
        outputs.patterns().stream().map(FilePattern::text).toList(),
        outputs.most(),
        outputs.mostBytes().bytes());
  }

  /** What is to be handed in. */
  public OutputFiles outputFiles() {
    return new OutputFiles(
        outputs.stream().map(FilePattern::new).toList(), most, new ByteSize(mostBytes));
  }
}
