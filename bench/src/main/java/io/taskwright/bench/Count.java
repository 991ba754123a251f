package io.taskwright.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many of something there shall be: 1 to 999999. */
final class Count implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw new TypeConversionException("'" + value + "' is no number from 1 to 999999");
    }
    return Integer.valueOf(value);
  }
}
