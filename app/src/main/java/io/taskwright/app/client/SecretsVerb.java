package io.taskwright.app.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code secrets}: values that code may use and nobody may read. */
@Command(
    name = "secrets",
    mixinStandardHelpOptions = true,
    description = "Keeps, lists and deletes secrets; their values are never shown.",
    subcommands = {SecretsList.class, SecretsSet.class, SecretsDelete.class})
public final class SecretsVerb implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Say list, set or delete.");
  }
}
