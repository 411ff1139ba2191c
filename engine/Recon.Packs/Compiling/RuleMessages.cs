// Every code of the rule compiler with its words, in order of precedence.
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>What is said about a place in a rule.</summary>
/// <param name="Instead">What to write at the place, where that mends it; null where it is for the author to say.</param>
sealed record Said(string Code, string Message, string? Hint = null, string? Instead = null);

/// <summary>
/// The words. The lower code is said first where two meet: what the text looks like (RC300x), what the syntax is (RC301x),
/// what names and types mean (RC302x), what the language of rules leaves out (RC303x), what is legal and yet wrong (RC304x).
/// </summary>
static class RuleMessages
{
    public static Said Empty { get; } = new("RC3001", "the rule is empty");

    public static Said TooLong(int length) =>
        new("RC3002", $"the rule has {length} characters; at most {RuleText.MaxCharacters} are read",
            "split it into two rules");

    public static Said BadCharacter(char found) => new(
        "RC3003", $"the character U+{(int)found:X4} may not stand in a rule; printable ASCII only",
        "text with other characters belongs in a parameter");

    public static Said Directive { get; } =
        new("RC3004", "a line of a rule may not begin with '#'", "comments begin with //");

    public static Said TooNested { get; } =
        new("RC3005",
            $"brackets are nested deeper than {RuleText.MaxBrackets}, or signs follow each other for ever");

    public static Said NotReadable(string compiler, string? hint) =>
        new("RC3010", $"this cannot be read as C#: {compiler}", hint);

    public static Said NotInLanguage(string what, string? hint) =>
        new("RC3011", $"{what} is not in the language of rules", hint);

    public static Said FloatingPoint(string literal, string exact) =>
        new("RC3012", $"'{literal}' is a floating-point number and would not be exact", $"write {exact}");

    public static Said TooBig(string what, int bound) =>
        new("RC3013", $"too many {what} in one rule; at most {bound}");

    public static Said ReservedName(string name) =>
        new("RC3014", $"'{name}' already means something here and may not be given a second meaning",
            "choose another name");

    public static Said EscapedName(string name) =>
        new("RC3015", $"the name '{name}' is spelled with escapes", "write it plainly");

    public static Said UnknownName(string name, string? nearest, IEnumerable<string> known) =>
        new("RC3020", $"unknown name '{name}'{Nearest(nearest)}", $"in scope: {string.Join(", ", known)}");

    public static Said UnknownName(string name, string why) => new("RC3020", $"unknown name '{name}'", why);

    public static Said OutOfScope(string source, IEnumerable<string> known) =>
        new("RC3020", $"'{source}' is not part of this rule", $"in scope: {string.Join(", ", known)}");

    public static Said UnknownField(string source, string name, string? nearest, IEnumerable<string> known) =>
        new("RC3021", $"unknown field '{name}' of '{source}'{Nearest(nearest)}",
            $"fields of {source}: {string.Join(", ", known)}");

    public static Said UnknownParameter(string name, string? nearest, IEnumerable<string> known) =>
        new("RC3022", $"unknown parameter '{name}'{Nearest(nearest)}",
            $"parameters: {string.Join(", ", known.DefaultIfEmpty("none"))}");

    public static Said UnknownMember(string type, string name, string? nearest, IEnumerable<string> known) =>
        new("RC3023", $"{type} has no '{name}'{Nearest(nearest)}", $"it has: {string.Join(", ", known)}");

    public static Said ListHasNoField(string source, string name) => new(
        "RC3023", $"'{source}' is a list here; its records have '{name}'",
        $"ask them: {source}.All(x => x.{name} …)");

    public static Said MoneyAndNumber(string literal) => new(
        "RC3024", "money is set against a number: which currency?",
        $"write Money.Of({literal}, \"EUR\") or a parameter; for the bare number of an amount ask its .Value");

    public static Said MoneyDivided { get; } = new(
        "RC3024", "money is not divided: a share of it has more digits than money",
        "multiply by what is meant: * 0.5m; or divide its .Value and say how it is rounded");

    public static Said MoneySecond(string number, string amount) => new(
        "RC3024", "money is multiplied by a number, and stands before it", $"write {amount} * {number}");

    public static Said MoneyAsNumber(string amount) => new(
        "RC3024", "money stands where a number is wanted",
        $"ask for its number, {amount}.Value, where all amounts are of one currency");

    public static Said MayBeMissing(string what) => new(
        "RC3025", $"'{what}' is optional and may be missing here",
        $"ask first ({what} != null && …), or reach through it with ?.");

    public static Said WrongAnswer(string expected, string found) =>
        new("RC3026", $"the rule must answer with {expected}; this is {found}");

    public static Said OptionalAnswer { get; } = new(
        "RC3027", "this is yes, no or missing, because it reaches through an optional value",
        "say what missing means: … ?? false");

    public static Said NoAnswer { get; } =
        new("RC3028", "not every way through the rule ends in an answer", "end with return …;");

    public static Said NotExhaustive { get; } =
        new("RC3029", "the switch does not say what happens in all other cases", "add a last arm: _ => …");

    public static Said NamesNamespace(string name) =>
        new("RC3030", $"a rule names no namespace; '{name}' is one",
            "what a rule may use needs no namespace");

    public static Said MemberNotAllowed(string member, string? hint) =>
        new("RC3031", $"'{member}' is not in the language of rules", hint);

    public static Said TypeNotAllowed(string type, string? hint) =>
        new("RC3032", $"values of type {type} are not in the language of rules", hint);

    public static Said MethodGroup(string name) =>
        new("RC3033", $"the function '{name}' is handed on by name", "call it: x => …");

    public static Said OperationNotAllowed(string what) =>
        new("RC3034", $"{what} is not in the language of rules");

    public static Said OptionalEquality(string left, string right, bool negated) => new(
        "RC3040", "both sides are optional: two missing values would count as equal",
        $"write {Same(left, right, negated)}, or nulls: true where that is meant");

    public static string Same(string left, string right, bool negated) => $"{(negated ? "!" : "")}Fn.Same({left}, {right}, nulls: false)";

    public static Said Constant(string value) =>
        new("RC3041", $"the rule is always {value}, whatever the records say",
            "leave the condition out where all are meant");

    public static Said PatternNotConstant { get; } = new(
        "RC3042", $"a pattern must be a constant of at most {Fn.MaxPattern} characters",
        "write the pattern in quotes");

    public static Said PatternRefused(string reason) => new("RC3043", $"this pattern is refused: {reason}");

    public static Said HoleNotText(string type) =>
        new("RC3044", $"only text can stand in the holes of $\"…\"; this is {type}",
            "its digits would depend on the machine");

    public static Said ArgumentNotConstant(string method) =>
        new("RC3045", $"{method} takes constants of at most {BoundRule.MaxReplaceText} characters here");

    public static Said ListEquality { get; } =
        new("RC3046", "== between lists or records says only whether they are the same thing in memory",
            "compare their fields");

    public static Said TextTooLong { get; } = new(
        "RC3047", $"this text may grow beyond {TextGrowth.Most} characters",
        "a text that is joined with itself doubles with every step; join each field once");

    /// <summary>What the compiler says and nobody has yet put into the pack's words.</summary>
    public static Said Compiler(string id, string message) => new("RC3100", $"C#: {id} {message}");

    /// <summary>True for what is said about C# that means something, but not what its author wants.</summary>
    public static bool IsLegalYetWrong(string code) => code.StartsWith("RC304", StringComparison.Ordinal);

    static string Nearest(string? nearest) => nearest is null ? "" : $"; did you mean '{nearest}'?";
}
