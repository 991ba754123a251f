package io.taskwright.app.client;

import io.taskwright.model.ExecutionId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the ids of executions. */
final class Ids implements ITypeConverter<ExecutionId> {
  @Override
  public ExecutionId convert(String value) {
    return ExecutionId.parse(value)
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + value + "' is no execution's id; list them with: taskwright get executions"));
  }
}
