package io.taskwright.app.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}: who may ask the service. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes, lists and takes back API keys; for administrators.",
    subcommands = {KeysList.class, KeysCreate.class, KeysRevoke.class})
public final class KeysVerb implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Say list, create or revoke.");
  }
}
