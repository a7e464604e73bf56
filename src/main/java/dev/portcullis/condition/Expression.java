package dev.portcullis.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition in CEL, the Common Expression Language, that is true or false; typed, and bounded in
 * what it costs: it is short, its loops end after so many rounds, its regular expressions are
 * RE2's.
 */
public final class Expression {
  /** The variables and their types. */
  private static final Map<String, CelType> VARIABLES =
      Map.ofEntries(
          Map.entry("operation", SimpleType.STRING),
          Map.entry("now", SimpleType.TIMESTAMP),
          Map.entry("account", SimpleType.STRING),
          Map.entry("groups", ListType.create(SimpleType.STRING)),
          Map.entry("labels", MapType.create(SimpleType.STRING, SimpleType.STRING)),
          Map.entry("node", SimpleType.STRING),
          Map.entry("client.address", SimpleType.STRING),
          Map.entry("client.version", SimpleType.STRING),
          Map.entry("client.os", SimpleType.STRING),
          Map.entry("client.metas", MapType.create(SimpleType.STRING, SimpleType.STRING)),
          Map.entry("proxy.name", SimpleType.STRING),
          Map.entry("proxy.type", SimpleType.STRING),
          Map.entry("proxy.port", SimpleType.INT),
          Map.entry("proxy.domains", ListType.create(SimpleType.STRING)),
          Map.entry("proxy.subdomain", SimpleType.STRING),
          Map.entry("proxy.metas", MapType.create(SimpleType.STRING, SimpleType.STRING)),
          Map.entry("visitor.address", SimpleType.STRING),
          Map.entry("visitor.country", SimpleType.STRING),
          Map.entry("visitor.asn", SimpleType.INT));

  private static final CelOptions BOUNDS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(2_000)
          .maxParseRecursionDepth(30)
          .maxParseExpressionNodeCount(500)
          .comprehensionMaxIterations(1_000)
          .maxRegexProgramSize(1_000)
          .build();

  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

  private static final Pattern OVERLOAD =
      Pattern.compile("no matching overload for '([^']*)' applied to '\\(([^']*)\\)'");

  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(BOUNDS).build();

  private static final CelValidator VALIDATOR =
      CelValidatorFactory.standardCelValidatorBuilder(COMPILER, RUNTIME)
          .addAstValidators(
              RegexLiteralValidator.INSTANCE,
              TimestampLiteralValidator.INSTANCE,
              DurationLiteralValidator.INSTANCE)
          .build();

  private final String text;
  private final CelRuntime.Program program;
  private final Set<String> variables;

  private Expression(String text, CelRuntime.Program program, Set<String> variables) {
    this.text = text;
    this.program = program;
    this.variables = variables;
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(BOUNDS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    VARIABLES.forEach(builder::addVar);
    return builder.build();
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with a sentence for people, that says where in the expression
   */
  public static Expression of(String text) {
    try {
      CelAbstractSyntaxTree tree = VALIDATOR.validate(COMPILER.compile(text).getAst()).getAst();
      return new Expression(text, RUNTIME.createProgram(tree), variables(tree));
    } catch (CelValidationException e) {
      throw new IllegalArgumentException(
          e.getErrors().stream().map(Expression::sentence).collect(Collectors.joining("; ")), e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException("The expression can't be used: " + e.getMessage(), e);
    }
  }

  private static Set<String> variables(CelAbstractSyntaxTree tree) {
    return tree.getReferenceMap().values().stream()
        .map(CelReference::name)
        .filter(VARIABLES::containsKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it asks for a variable, for example {@code visitor.country}. */
  public boolean asksFor(String variable) {
    return variables.contains(variable);
  }

  private static String sentence(CelIssue issue) {
    return "%s (at letter %d of the expression)"
        .formatted(inOurWords(issue.getMessage()), issue.getSourceLocation().getColumn() + 1);
  }

  private static String inOurWords(String message) {
    Matcher unknown = UNDECLARED.matcher(message);
    if (unknown.matches()) {
      return "There is no '%s'; there are %s"
          .formatted(
              unknown.group(1),
              VARIABLES.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.find()) {
      return "There is no %s of (%s); write both sides in one type"
          .formatted(overload.group(1).replace("_", ""), overload.group(2));
    }
    if (message.startsWith("expected type 'bool'")) {
      return message + "; write what is true or false, as proxy.port > 6000";
    }
    return message.contains("<EOF>") ? "The expression ends too early; complete it" : message;
  }

  /**
   * Evaluates it.
   *
   * @param values of every variable whose value is known
   * @throws UndecidedException when it has no value, as an expression that asks for an unknown
   *     variable, or a map for a key it has not
   */
  public boolean holds(Map<String, ?> values) {
    try {
      return Boolean.TRUE.equals(program.eval(values));
    } catch (CelEvaluationException e) {
      throw new UndecidedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The expression has no value for what was asked. */
  public static final class UndecidedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecidedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
