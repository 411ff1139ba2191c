// The pack of a case: what its lines say about the source, with rules simple enough for tests.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Tests.Runs.Normalising;

/// <summary>
/// Rules of cases: <c>FIELD != TEXT</c> (NULL: false), <c>after FIELD 'TEXT'</c>, <c>copy FIELD</c>, <c>fail FIELD TEXT</c>.
/// </summary>
sealed class CasePack : ICompiledRules
{
    public const string Name = "bank";

    readonly List<FieldSpec> _fields = [];
    readonly List<ControlSpec> _controls = [];
    string? _id;
    string? _where;
    string _zone = "UTC";

    public Dialect Dialect { get; private set; } = Dialect.Canonical;

    public void Line(string text)
    {
        var (word, rest) = NormalisingCase.Cut(text, ' ');
        switch (word)
        {
            case "source": SourceLine(rest); break;
            case "dialect": DialectLine(rest); break;
            case "field": _fields.Add(Field(rest)); break;
            case "derive": _fields.Add(Field(rest)); break;
            case "where": _where = rest; break;
            case "control": _controls.Add(Control(rest)); break;
            default: throw new FormatException($"no such line: {text}");
        }
    }

    /// <summary>This pack with the lines of another in place of its own.</summary>
    public CasePack With(CasePack other)
    {
        var merged = new CasePack { Dialect = Dialect, _zone = _zone };
        (merged._id, merged._where) = (other._id ?? _id, other._where ?? _where);
        var replaced = other._fields.Select(field => field.Name).ToHashSet();
        merged._fields.AddRange(_fields.Where(field => !replaced.Contains(field.Name)).Concat(other._fields));
        return merged;
    }

    public SourceSpec Source() => new(
        Name,
        Index: 0,
        SourceRole.External,
        new ReadSpec(ReadFormat.Csv, "*.csv", MissingIsEmpty: false, Csv: null),
        _id,
        Value: null,
        PostingKey: null,
        [.. _fields.OrderBy(field => field.Derived is not null)],
        _zone,
        Calendar: null,
        _where is null ? null : Rule("where", _where),
        _controls);

    public RecordPredicate Record(RuleRef rule) => (table, rows, results) =>
    {
        var (field, value) = NormalisingCase.Cut(rule.Text, " != ");
        for (var i = 0; i < rows.Length; i++)
        {
            var text = table.Column(field).Display(rows[i]);
            results[i] = text is not null && text != value;
        }
    };

    public FieldDerivation Derivation(RuleRef rule) => (table, target) =>
    {
        var (verb, rest) = NormalisingCase.Cut(rule.Text, ' ');
        var (field, argument) = NormalisingCase.Cut(rest, ' ');
        for (var row = 0; row < table.Count; row++)
        {
            var text = table.Column(field).Display(row);
            if (verb == "fail" && text == argument)
            {
                throw new RuleFailedException(
                    rule, $"{table.Name}:{table.Id(row)}", new InvalidOperationException("it failed"));
            }

            ((TextColumnBuilder)target).Append(verb == "after" ? After(text, argument.Trim('\'')) : text);
        }
    };

    public PairPredicate Pair(RuleRef rule) => throw new NotSupportedException();

    public GroupPredicate Group(RuleRef rule) => throw new NotSupportedException();

    public GroupsPredicate Groups(RuleRef rule) => throw new NotSupportedException();

    public SeveralPredicate Several(RuleRef rule) => throw new NotSupportedException();

    static string? After(string? text, string marker) =>
        text?.IndexOf(marker, StringComparison.Ordinal) is { } at and >= 0
            ? text[(at + marker.Length)..]
            : null;

    void SourceLine(string text)
    {
        foreach (var (key, value) in Options(text))
        {
            _ = key switch
            {
                "id" => _id = value == "auto" ? null : value,
                "zone" => _zone = value,
                _ => throw new FormatException(key),
            };
        }
    }

    void DialectLine(string text)
    {
        var options = Options(text).ToDictionary(option => option.Key, option => option.Value);
        Dialect = new Dialect(
            (byte)options.GetValueOrDefault("decimal", ".")[0],
            options.TryGetValue("grouping", out var grouping)
                ? Encoding.UTF8.GetBytes(grouping.Trim('\'') is "" ? " " : grouping.Trim('"'))[0]
                : (byte)0,
            options.GetValueOrDefault("dates"),
            options.GetValueOrDefault("instants"));
    }

    // amount: optional money; currency: EUR; sign: side D C; clean: trim, upper
    static FieldSpec Field(string text)
    {
        var (name, rest) = NormalisingCase.Cut(text, ":");
        var (type, optionText) = NormalisingCase.Cut(rest, ";");
        var optional = type.StartsWith("optional ", StringComparison.Ordinal);
        var kind = Enum.Parse<FieldKind>(optional ? type["optional ".Length..] : type, ignoreCase: true);
        var field = new FieldSpec(name, kind, optional, name, null, null, [], null, null, null, null, null);
        return Options(optionText).Aggregate(field, (spec, option) => option.Key switch
        {
            "column" => spec with { Column = option.Value },
            "debit" => spec with { DebitColumn = option.Value },
            "credit" => spec with { CreditColumn = option.Value },
            "currency" => spec with { Currency = new CurrencyRule(Currency.Of(option.Value), null) },
            "currency column" => spec with { Currency = new CurrencyRule(null, option.Value) },
            "sign" => spec with { Sign = Sign(option.Value) },
            "format" => spec with { Pattern = option.Value },
            "zone" => spec with { Zone = option.Value },
            "clean" => spec with { Clean = [.. option.Value.Split(", ").Select(Step)] },
            "rule" => spec with { Derived = Rule("derive." + name, option.Value) },
            _ => throw new FormatException(option.Key),
        });
    }

    // side D,S C,H [plus debit]
    static SignRule Sign(string text)
    {
        var parts = text.Split(' ');
        return new SignRule(
            parts[0], parts[1].Split(','), parts[2].Split(','), DebitIsPlus: parts.Length > 3);
    }

    static CleaningStep Step(string text)
    {
        var (kind, argument) = NormalisingCase.Cut(text, ' ');
        return new CleaningStep(
            Enum.Parse<CleaningKind>(kind.Replace("_", ""), ignoreCase: true), argument.Length == 0
                ? null
                : argument);
    }

    static ControlSpec Control(string text)
    {
        var flag = text.EndsWith(" (flag)", StringComparison.Ordinal);
        var words = (flag ? text[..^" (flag)".Length] : text).Split(' ');
        return text switch
        {
            _ when text.StartsWith("unique ", StringComparison.Ordinal) => Spec(
                ControlKind.Unique, words[1], null),
            _ when text.StartsWith("required ", StringComparison.Ordinal) => Spec(
                ControlKind.Required, words[1], null),
            _ when text.StartsWith("count ", StringComparison.Ordinal) => Spec(
                ControlKind.Count, null, words[1]),
            _ when text.StartsWith("sum ", StringComparison.Ordinal) => Spec(
                ControlKind.Sum, words[1], string.Join(' ', words[3..])),
            _ when text.StartsWith("opening + movements", StringComparison.Ordinal) => Spec(
                ControlKind.OpeningMovementsClosing, null, null),
            _ => Spec(ControlKind.OpeningIsPreviousClosing, null, null),
        };

        ControlSpec Spec(ControlKind kind, string? field, string? operand) =>
            new(kind, field, operand, flag, text);
    }

    static RuleRef Rule(string path, string text) => new(path, text, new Place("pack.yaml", 1, 1, 2, text));

    static IEnumerable<(string Key, string Value)> Options(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => NormalisingCase.Cut(option.Trim(), ": "));
}
