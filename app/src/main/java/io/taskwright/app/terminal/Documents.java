package io.taskwright.app.terminal;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** JSON values as texts for people and programs. */
public final class Documents {
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

  private static final ObjectWriter PRETTY =
      JsonMapper.shared()
          .writer()
          .with(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectNameValueSpacing(Spacing.AFTER)
                          .withObjectEmptySeparator("")
                          .withArrayEmptySeparator(""))
                  .withObjectIndenter(INDENT)
                  .withArrayIndenter(INDENT));

  private Documents() {}

  /** Indented JSON, with an end of line. */
  public static String json(JsonNode value) {
    return Harmless.json(PRETTY.writeValueAsString(value)) + "\n";
  }

  /** JSON in one line, with its end. */
  public static String jsonLine(JsonNode value) {
    return Harmless.json(JsonMapper.shared().writeValueAsString(value)) + "\n";
  }

  /** YAML; texts of several lines stay so. */
  public static String yaml(JsonNode value) {
    String text =
        YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
            .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .build()
            .writeValueAsString(value);
    // The indentation of lists is for those inside of something.
    return value.isArray() ? text.indent(-2) : text;
  }
}
