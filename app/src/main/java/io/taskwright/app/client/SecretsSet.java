package io.taskwright.app.client;

import io.taskwright.client.SecretInfo;
import io.taskwright.client.TaskwrightClient;
import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code secrets set}: keeps a value, which is never an argument: those are seen by all. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description =
        "Keeps a secret, in the place of the one before if there is one. Its value is asked for"
            + " at a terminal, else read from stdin; one line end at its end is left out.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class SecretsSet implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "NAME", description = "What the secret is called, such as API_TOKEN.")
  private String name = "";

  @Option(
      names = "--from-file",
      paramLabel = "FILE",
      description = "Read the value from a file, all of it.")
  private @Nullable Path file;

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
  private String description = "";

  @Override
  public Integer call() {
    String value = value();
    try (TaskwrightClient client = service.client()) {
      SecretInfo kept = client.secrets().put(name, value, description);
      var err = Objects.requireNonNull(spec).commandLine().getErr();
      err.println("%s is kept, version %d.".formatted(kept.name(), kept.version()));
      err.flush();
    }
    return ExitCode.DONE;
  }

  private String value() {
    try {
      if (file != null) {
        return text(Files.readAllBytes(file));
      }
      Optional<Console> terminal =
          Optional.ofNullable(System.console()).filter(Console::isTerminal);
      if (terminal.isPresent()) {
        char[] typed = terminal.get().readPassword("Value of %s (not shown): ", name);
        return typed == null ? "" : new String(typed);
      }
      return withoutLineEnd(text(System.in.readAllBytes()));
    } catch (NoSuchFileException e) {
      throw new Misuse("There is no file %s.".formatted(file));
    } catch (CharacterCodingException e) {
      throw new Misuse("The value is no text in UTF-8; keep bytes as Base64.");
    } catch (IOException e) {
      throw new Misuse("The value cannot be read: %s".formatted(e.getMessage()));
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String withoutLineEnd(String text) {
    String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
  }
}
