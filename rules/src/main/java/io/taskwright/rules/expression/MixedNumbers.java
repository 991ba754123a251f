package io.taskwright.rules.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/** An operator between a whole number and a fraction: the language itself knows it of equals. */
enum MixedNumbers {
  ADD("_+_"),
  SUBTRACT("_-_"),
  MULTIPLY("_*_"),
  DIVIDE("_/_");

  private final String function;

  MixedNumbers(String function) {
    this.function = function;
  }

  CelFunctionDecl declaration() {
    return CelFunctionDecl.newFunctionDeclaration(
        function,
        overload(wholeFirst(), SimpleType.INT, SimpleType.DOUBLE),
        overload(wholeSecond(), SimpleType.DOUBLE, SimpleType.INT));
  }

  List<CelFunctionBinding> bindings() {
    MixedNumbers operator = this;
    return List.of(
        CelFunctionBinding.from(
            wholeFirst(), Long.class, Double.class, (a, b) -> reckon(operator, a.doubleValue(), b)),
        CelFunctionBinding.from(
            wholeSecond(),
            Double.class,
            Long.class,
            (a, b) -> reckon(operator, a, b.doubleValue())));
  }

  private static double reckon(MixedNumbers operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
    };
  }

  private static CelOverloadDecl overload(String id, CelType left, CelType right) {
    return CelOverloadDecl.newGlobalOverload(id, SimpleType.DOUBLE, left, right);
  }

  private String wholeFirst() {
    return "whole_" + name() + "_fraction";
  }

  private String wholeSecond() {
    return "fraction_" + name() + "_whole";
  }
}
