package io.taskwright.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import io.taskwright.rules.expression.Expression.Compilation;
import io.taskwright.rules.expression.Expression.Flaw;
import io.taskwright.rules.expression.Expression.Yield;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The one environment of all expressions: standard CEL with optional values, and with whole numbers
 * and fractions that can be reckoned with each other, because JSON does not tell 5 from 5.0.
 */
final class Compiler {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(Expression.LONGEST)
          .maxParseRecursionDepth(64)
          .maxParseExpressionNodeCount(2_000)
          .comprehensionMaxIterations(10_000)
          .enableHeterogeneousNumericComparisons(true)
          .errorOnIntWrap(true)
          .errorOnDuplicateMapKeys(true)
          .enableOptionalSyntax(true)
          .build();

  private static final CelRuntime RUNTIME = runtime();

  private Compiler() {}

  static Compilation compile(String source, Set<String> variables, Yield yield) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelOptionalLibrary.INSTANCE);
    for (MixedNumbers operator : MixedNumbers.values()) {
      builder.addFunctionDeclarations(operator.declaration());
    }
    variables.forEach(name -> builder.addVar(name, SimpleType.DYN));
    try {
      CelValidationResult result = builder.build().compile(source);
      if (result.hasError()) {
        return new Compilation.Flawed(Flaws.of(result.getErrors()));
      }
      CelAbstractSyntaxTree tree = result.getAst();
      CelType type = tree.getResultType();
      if (yield == Yield.BOOL && !type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
        return flawed("must give true or false, but gives " + type.name());
      }
      return new Compilation.Ready(new Expression(source, yield, RUNTIME.createProgram(tree)));
    } catch (CelValidationException | CelEvaluationException e) {
      return flawed("cannot be understood: " + e.getMessage());
    } catch (StackOverflowError e) {
      return flawed("is nested too deeply");
    }
  }

  private static Compilation flawed(String message) {
    return new Compilation.Flawed(List.of(new Flaw(1, 1, message)));
  }

  private static CelRuntime runtime() {
    List<CelFunctionBinding> bindings = new ArrayList<>();
    bindings.add(CelFunctionBinding.from("matches", String.class, String.class, Texts::matches));
    bindings.add(
        CelFunctionBinding.from("matches_string", String.class, String.class, Texts::matches));
    bindings.add(
        CelFunctionBinding.from("contains_string", String.class, String.class, Texts::contains));
    for (MixedNumbers operator : MixedNumbers.values()) {
      bindings.addAll(operator.bindings());
    }
    return CelRuntimeFactory.legacyCelRuntimeBuilder()
        .setOptions(OPTIONS)
        .setStandardEnvironmentEnabled(false)
        .setStandardFunctions(
            CelStandardFunctions.newBuilder()
                .excludeFunctions(StandardFunction.MATCHES, StandardFunction.CONTAINS)
                .build())
        .addFunctionBindings(bindings)
        .addLibraries(CelOptionalLibrary.INSTANCE)
        .build();
  }
}
