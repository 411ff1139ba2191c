// Writes the program around the rules: records over columns, parameters, a hole for each rule.
using System.Globalization;
using System.Text;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>One rule that takes part in the program.</summary>
/// <param name="Number">Its place in the pack, from 0; names its classes.</param>
sealed record ProgramRule(int Number, RuleToCompile Rule, RuleScope Scope, RuleNode Node);

/// <summary>
/// The text holds nothing of what an author wrote but checked names and the texts of parameters. Only fields that some
/// rule names become properties: what nobody reads costs nothing.
/// </summary>
static class ProgramText
{
    /// <summary>The class that holds the rule of this number, as the static method <see cref="Holds"/>.</summary>
    public static string RuleClass(int number) => $"{RuleClasses}{number}";

    /// <summary>How those classes begin; a number follows.</summary>
    public const string RuleClasses = "Rule";

    public const string Holds = "Holds";

    /// <summary>The parameter of a rule through which it is counted; no rule may use it.</summary>
    public const string Meter = "Meter";

    public const string Parameters = ProgramNames.Parameters;

    /// <summary>Type names that a rule can write; each stands for one type of the allow-list.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>
    {
        ["DateOnly"] = "System.DateOnly",
        ["DayOfWeek"] = "System.DayOfWeek",
        ["Fn"] = "Recon.Model.Rules.Fn",
        ["Instant"] = "Recon.Model.Instant",
        ["Math"] = "System.Math",
        ["MidpointRounding"] = "System.MidpointRounding",
        ["Money"] = "Recon.Model.Money",
        ["StringComparison"] = "System.StringComparison",
        ["StringSplitOptions"] = "System.StringSplitOptions",
        ["TimeSpan"] = "System.TimeSpan",
    };

    public static string Write(
        IReadOnlyList<ProgramRule> rules, IReadOnlyList<Parameter> parameters, string hash)
    {
        var text = new StringBuilder("using System.Linq;\n");
        foreach (var (name, type) in Aliases)
        {
            text.Append(CultureInfo.InvariantCulture, $"using {name} = {type};\n");
        }

        foreach (var helpers in HelperClasses(rules))
        {
            text.Append(CultureInfo.InvariantCulture, $"using {helpers.Key} = {RuleClass(helpers.First().Number)};\n");
        }

        WriteParameters(
            text, parameters, rules.SelectMany(rule => rule.Node.Names).ToHashSet(StringComparer.Ordinal));
        foreach (var uses in rules
            .SelectMany(rule => rule.Scope.Sources.Select(source => (source, rule.Node.Names)))
            .GroupBy(use => use.source.RecordType, StringComparer.Ordinal))
        {
            var used = uses.SelectMany(use => use.Names).ToHashSet(StringComparer.Ordinal);
            WriteRecord(text, uses.First().source, used);
        }

        foreach (var rule in rules.Where(rule => rule.Scope.Helper is null))
        {
            WriteRule(text, rule);
            WriteLoop(text, rule);
        }

        foreach (var helpers in HelperClasses(rules))
        {
            WriteHelpers(text, helpers);
        }

        WriteEntry(text, rules, hash);
        return text.ToString();
    }

    /// <summary>By the name of their class, in the order of the rules.</summary>
    public static IEnumerable<IGrouping<string, ProgramRule>> HelperClasses(IReadOnlyList<ProgramRule> rules) =>
        rules.Where(rule => rule.Scope.Helper is not null).GroupBy(rule => rule.Scope.Helper!.Class, StringComparer.Ordinal);

    static void WriteParameters(StringBuilder text, IReadOnlyList<Parameter> parameters, HashSet<string> used)
    {
        text.Append(CultureInfo.InvariantCulture, $"static class {Parameters}\n{{\n");
        foreach (var parameter in parameters.Where(parameter => used.Contains(parameter.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"    public {ParameterField(parameter)};\n");
        }

        text.Append("}\n");
    }

    // Texts are constants, for patterns are; other values are set when the image is loaded, so that a new value compiles nothing.
    static string ParameterField(Parameter parameter) => parameter.Kind switch
    {
        FieldKind.Text => $"const string @{parameter.Name} = {Quoted(parameter.Value)}",
        FieldKind.Number => $"static decimal @{parameter.Name}",
        FieldKind.Money => $"static Money @{parameter.Name}",
        FieldKind.Date => $"static DateOnly @{parameter.Name}",
        _ => throw new InvalidOperationException($"bug: a parameter of kind {parameter.Kind}"),
    };

    static void WriteRecord(StringBuilder text, ScopedSource source, HashSet<string> used)
    {
        var fields = source.Fields.Where(field => used.Contains(field.Spec.Name)).ToList();
        var columns = source.RecordType + "Columns";
        text.Append(CultureInfo.InvariantCulture, $$"""
            sealed class {{columns}}
            {
                public readonly Recon.Model.Columns.TextColumn Id;

            """);
        foreach (var field in fields)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"    public readonly {ColumnType(field)} @{field.Spec.Name};\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"    public {columns}(Recon.Model.RecordTable table)\n    {{\n        Id = table.Ids;\n");
        foreach (var field in fields)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"        @{field.Spec.Name} = ({ColumnType(field)})table.Columns[{field.Index}];\n");
        }

        text.Append(CultureInfo.InvariantCulture, $$"""
                }
            }
            readonly struct {{source.RecordType}}
            {
                readonly {{columns}} _columns;
                readonly int _row;
                public {{source.RecordType}}({{columns}} columns, int row) { _columns = columns; _row = row; }
                public string Id => _columns.Id.Text(_row)!;

            """);
        foreach (var field in fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"    public {Property(field)};\n");
        }

        text.Append("}\n");
    }

    static string ColumnType(ScopedField field) => $"Recon.Model.Columns.{field.Spec.Kind}Column";

    static string Property(ScopedField field)
    {
        var column = $"_columns.@{field.Spec.Name}";
        var value = field.Spec.Kind switch
        {
            FieldKind.Number => $"{column}.Number(_row).ToDecimal()",
            var kind => $"{column}.{kind}(_row)",
        };
        var type = CSharpKinds.Type(field.Spec.Kind);
        var head = $"{type}{(field.Optional ? "?" : "")} @{field.Spec.Name} => ";
        return (field.Spec.Kind, field.Optional) switch
        {
            (FieldKind.Text, true) => $"{head}{value}",
            (FieldKind.Text, false) => $"{head}{value}!",
            (_, true) => $"{head}{column}.IsNull(_row) ? null : {value}",
            _ => $"{head}{value}",
        };
    }

    // Apart from the loop, so that a rule sees no name but its own.
    static void WriteRule(StringBuilder text, ProgramRule rule)
    {
        var parameters = string.Join(", ", rule.Scope.Sources.Select(source => source.IsList
            ? $"System.Collections.Generic.IReadOnlyList<{source.RecordType}> @{source.Name}"
            : $"{source.RecordType} @{source.Name}"));
        var answer = rule.Scope.Answer is { } field ? $"{CSharpKinds.Type(field.Kind)}?" : "bool";
        var body = Hole(rule);
        text.Append(CultureInfo.InvariantCulture, $$"""
            static class {{RuleClass(rule.Number)}}
            {
                public static {{answer}} {{Holds}}(Recon.Model.Rules.RuleMeter {{Meter}}, {{parameters}}) {{body}}
            }

            """);
    }

    static string Hole(ProgramRule rule) => rule.Node.Prefix == 0 ? "=> default;" : "{ }";

    // Helpers of one class are called by its name, which stands for a class of rules; what counts them is put in with the counting.
    static void WriteHelpers(StringBuilder text, IEnumerable<ProgramRule> helpers)
    {
        text.Append(CultureInfo.InvariantCulture, $"static class {RuleClass(helpers.First().Number)}\n{{\n");
        foreach (var helper in helpers)
        {
            var head = helper.Scope.Helper!;
            var parameters = string.Join(", ", head.Parameters.Select(parameter => $"{parameter.Type} @{parameter.Name}"));
            text.Append(CultureInfo.InvariantCulture, $"    public static {head.Answer} {head.Name}({parameters}) {Hole(helper)}\n");
        }

        text.Append("}\n");
    }

    static void WriteLoop(StringBuilder text, ProgramRule rule)
    {
        var head = $"sealed class {RuleClass(rule.Number)}Loop(Recon.Model.Rules.RuleRef rule, Recon.Model.Rules.RuleTotal total)\n{{\n";
        text.Append(head).Append(ProgramLoops.Of(rule)).Append("}\n");
    }

    static void WriteEntry(StringBuilder text, IReadOnlyList<ProgramRule> rules, string hash)
    {
        text.Append(CultureInfo.InvariantCulture, $$"""
            public sealed class {{ProgramNames.Program}} : Recon.Model.Rules.ICompiledRules
            {
                public const string {{ProgramNames.Hash}} = {{Quoted(hash)}};
                public Recon.Model.Rules.RuleCosts Costs { get; } = new Recon.Model.Rules.RuleCosts();

            """);
        WriteMap<RuleShape.OfRecord>(text, "RecordPredicate", "Record", rules);
        WriteMap<RuleShape.OfPair>(text, "PairPredicate", "Pair", rules);
        WriteMap<RuleShape.OfGroup>(text, "GroupPredicate", "Group", rules);
        WriteMap<RuleShape.OfGroups>(text, "GroupsPredicate", "Groups", rules);
        WriteMap<RuleShape.OfSeveral>(text, "SeveralPredicate", "Several", rules);
        WriteMap<RuleShape.OfField>(text, "FieldDerivation", "Derivation", rules);
        text.Append("}\n");
    }

    static void WriteMap<TShape>(StringBuilder text, string type, string method, IReadOnlyList<ProgramRule> rules)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"    public Recon.Model.Rules.{type} {method}(Recon.Model.Rules.RuleRef rule)\n    {{\n");
        foreach (var rule in rules.Where(rule => rule.Rule.Shape is TShape))
        {
            text.Append(CultureInfo.InvariantCulture, $"        if (rule.Path == {Quoted(rule.Rule.Rule.Path)})\n");
            text.Append(CultureInfo.InvariantCulture, $"            return new {RuleClass(rule.Number)}Loop(rule, Costs.Of(rule)).Run;\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"        return Recon.Model.Rules.NoCompiledRules.Instance.{method}(rule);\n    }}\n");
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Quoted(string text) =>
        Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
