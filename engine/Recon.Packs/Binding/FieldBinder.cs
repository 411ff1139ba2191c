// Binds `fields` and `derive` of a source.
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>The fields of one source; derived ones last.</summary>
/// <param name="Doubtful">Fields whose kind could not be told.</param>
/// <param name="Unspeakable">Fields of a name that C# cannot say.</param>
sealed record BoundFields(
    IReadOnlyList<FieldSpec> Specs, bool Known, IReadOnlySet<string> Doubtful,
    IReadOnlySet<string> Unspeakable);

sealed class FieldBinder(PackScope scope, string source, BoundRead read)
{
    const int MostFields = 500;

    public static readonly (string Word, FieldKind Kind)[] Kinds =
    [
        ("text", FieldKind.Text), ("money", FieldKind.Money), ("number", FieldKind.Number),
        ("date", FieldKind.Date), ("instant", FieldKind.Instant),
    ];

    public static readonly (string, bool)[] PlusSides = [("credit", false), ("debit", true)];

    readonly List<FieldSpec> _specs = [];
    readonly HashSet<string> _doubtful = new(StringComparer.Ordinal);
    readonly HashSet<string> _unspeakable = new(StringComparer.Ordinal);

    public static string Name(FieldKind kind) => Kinds.First(pair => pair.Kind == kind).Word;

    public BoundFields Bind(Keys keys)
    {
        var fields = keys.NeedMap("fields", "fields: { id: text, … }");
        var derived = keys.Map("derive");
        if (fields is { Entries.Count: 0 } or { Entries.Count: > MostFields })
        {
            scope.Report.Add(
                Findings.TooMany, keys.PlaceOf("fields"), "1 to 500 fields", $"{fields.Entries.Count}",
                $"{MostFields}");
        }

        BindNamed(fields, BindField);
        BindNamed(derived, BindDerived);
        return new BoundFields(
            _specs, fields is not null && !(keys.Has("derive") && derived is null), _doubtful, _unspeakable);
    }

    /// <summary>A field of a name that it cannot have keeps it, so that all else about it is still told.</summary>
    void BindNamed(MapNode? map, Action<Entry> bind)
    {
        foreach (var entry in map?.Entries ?? [])
        {
            if (!Names.CheckIdentifier(entry.Key, "a field", scope.Report))
            {
                _unspeakable.Add(entry.Key.Text);
            }

            bind(entry);
        }
    }

    void BindField(Entry entry)
    {
        var name = entry.Key.Text;
        var map = entry.Value as MapNode;
        var keys = map is null ? null : new Keys(map, entry.Key.Place, SourceShapes.Field, scope.Report);
        var type = map is null
            ? entry.Value as ScalarNode
            : keys!.NeedScalar("type", string.Join(", ", Kinds.Select(k => k.Word)));
        if (entry.Value is ListNode)
        {
            scope.Report.Add(Findings.WrongShape, entry.Value.Place, "text, or { type: text, … }", "a type");
        }

        if (!TryType(type, out var kind, out var optional))
        {
            _doubtful.Add(name);
            _specs.Add(Plain(name, FieldKind.Text, optional: true, null));
            return;
        }

        _specs.Add(Complete(Plain(name, kind, optional, null), keys, entry.Key.Place));
    }

    void BindDerived(Entry entry)
    {
        var name = entry.Key.Text;
        if (_specs.Exists(field => field.Name == name))
        {
            scope.Report.Add(
                Findings.DuplicateName, entry.Key.Place, "one is under 'fields'", "fields", name);
            return;
        }

        var (kind, optional) = Defaults.DerivedField;
        var code = entry.Value;
        if (code is MapNode map)
        {
            var keys = new Keys(map, entry.Key.Place, SourceShapes.Derived, scope.Report);
            if (keys.Has("type") && !TryType(keys.Scalar("type"), out kind, out optional))
            {
                _doubtful.Add(name);
            }

            code = keys.Need("value", "the C# that computes it");
        }
        else if (code is ListNode)
        {
            scope.Report.Add(Findings.WrongShape, code.Place, null, "C#");
        }

        var rule = scope.Rule(code, $"sources.{source}.derive.{name}")
            ?? new RuleRef("", "", entry.Key.Place);
        _specs.Add(Plain(name, kind, optional, rule));
    }

    static FieldSpec Plain(string name, FieldKind kind, bool optional, RuleRef? derived) =>
        new(name, kind, optional, name, null, null, [], null, null, null, null, derived);

    /// <summary>A kind, or "optional" and a kind.</summary>
    bool TryType(ScalarNode? type, out FieldKind kind, out bool optional)
    {
        (kind, optional) = (FieldKind.Text, false);
        if (type is null)
        {
            return false;
        }

        var words = type.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        optional = words is ["optional", _];
        var word = optional ? words[1] : type.Text;
        return Words.Choose(
            new ScalarNode(word, ScalarForm.Plain, type.Place), Kinds, scope.Report, out kind);
    }

    FieldSpec Complete(FieldSpec field, Keys? keys, Place place)
    {
        if (keys is null)
        {
            RefuseUnplaced(field, place);
            var column = Column(field, null, place);
            return field with { Column = column, Currency = CurrencyOf(field, null, place) };
        }

        RefuseForeign(field.Kind, keys);
        var twoColumns = keys.Has("debit") || keys.Has("credit");
        if (!twoColumns)
        {
            RefuseUnplaced(field, place, keys);
        }

        return field with
        {
            Column = twoColumns ? field.Name : Column(field, keys, place),
            DebitColumn = twoColumns ? ColumnUnder(keys, "debit") : null,
            CreditColumn = twoColumns ? ColumnUnder(keys, "credit") : null,
            Clean = Clean(keys),
            Currency = CurrencyOf(field, keys, place),
            Sign = Sign(keys, twoColumns),
            Pattern = field.Kind is FieldKind.Date or FieldKind.Instant
                ? TimePattern.Check(keys.Scalar("format"), field.Kind == FieldKind.Instant, scope) : null,
            Zone = field.Kind == FieldKind.Instant ? scope.Zone(keys.Scalar("zone")) : null,
        };
    }

    /// <summary>Keys that mean nothing for the kind or the format.</summary>
    void RefuseForeign(FieldKind kind, Keys keys)
    {
        foreach (var key in kind == FieldKind.Money ? (string[])[] : ["currency", "sign", "debit", "credit"])
        {
            keys.RefuseIfPresent(key, "only money has it");
        }

        if (kind != FieldKind.Instant)
        {
            keys.RefuseIfPresent("zone", "only an instant has it");
        }

        if (kind is not (FieldKind.Date or FieldKind.Instant))
        {
            keys.RefuseIfPresent("format", "only a date or an instant has it");
        }

        if (read.IsStatement)
        {
            foreach (var key in (string[])["position", "sign", "debit", "credit", "format"])
            {
                keys.RefuseIfPresent(
                    key, "statement readers deliver signed amounts and ISO dates under fixed names");
            }
        }

        if (read.ByPosition)
        {
            keys.RefuseIfPresent("column", "the file has no header", "use 'position: 1'");
        }
        else
        {
            keys.RefuseIfPresent(
                "position", "columns are found by their header",
                "use 'column', or 'header: false' in 'read'");
        }
    }

    void RefuseUnplaced(FieldSpec field, Place place, Keys? keys = null)
    {
        if (read.ByPosition && !(keys?.Has("position") ?? false))
        {
            scope.Report.Add(
                Findings.MissingKey, place, "the file has no header: 1 is the first column", "position",
                $"the field '{field.Name}'");
        }
    }

    string Column(FieldSpec field, Keys? keys, Place place)
    {
        if (read.ByPosition)
        {
            return Position(keys?.Scalar("position"));
        }

        var written = keys?.Scalar("column");
        var column = scope.Text(written) ?? field.Name;
        if (read.IsStatement)
        {
            CheckStatementColumn(column, written?.Place ?? place);
        }

        return column;
    }

    void CheckStatementColumn(string column, Place place)
    {
        var known = StatementColumns.Of(read.Spec.Format);
        if (!known.Contains(column))
        {
            scope.Report.Add(
                Findings.UnknownColumn, place, NearestName.Hint(column, known), column,
                ReadBinder.Name(read.Spec.Format));
        }
    }

    string Position(ScalarNode? node) =>
        string.Create(CultureInfo.InvariantCulture, $"#{scope.Integer(node, 1, 10_000) ?? 1}");

    /// <summary>A column named under a key; by position where the file has no header.</summary>
    string? ColumnUnder(Keys keys, string key)
    {
        var node = keys.NeedScalar(key, "one column for debits, one for credits");
        return read.ByPosition && node is not null ? Position(node) : scope.Text(node);
    }

    CurrencyRule? CurrencyOf(FieldSpec field, Keys? keys, Place place)
    {
        if (field.Kind != FieldKind.Money)
        {
            return null;
        }

        if (keys is null || !keys.Has("currency"))
        {
            if (read.Known && !read.IsStatement)
            {
                scope.Report.Add(
                    Findings.NoCurrency, place,
                    $"{field.Name}: {{ type: money, currency: EUR }}, or currency: {{ column: … }}",
                    $"the field '{field.Name}' names none");
            }

            return new CurrencyRule(null, Defaults.StatementCurrencyColumn);
        }

        return keys.Find("currency") is MapNode map
            ? new CurrencyRule(null, ColumnIn(map, keys.PlaceOf("currency"), "a currency"))
            : ConstantCurrency(keys.Scalar("currency"));
    }

    CurrencyRule? ConstantCurrency(ScalarNode? node)
    {
        if (scope.Text(node) is not { } code)
        {
            return null;
        }

        if (Currency.TryParse(code, out var currency))
        {
            return new CurrencyRule(currency, null);
        }

        scope.Report.Add(Findings.BadText, node!.Place, "EUR, or { column: ccy }", code, "a currency code");
        return null;
    }

    /// <summary><c>{ column: X }</c>, or <c>{ position: n }</c> where the file has no header.</summary>
    string? ColumnIn(MapNode map, Place owner, string what, params string[] others)
    {
        var keys = new Keys(map, owner, what, scope.Report, ["column", "position", .. others]);
        if (read.ByPosition)
        {
            keys.RefuseIfPresent("column", "the file has no header", "use 'position: 1'");
            return keys.NeedScalar("position", "1 is the first column") is { } position
                ? Position(position)
                : null;
        }

        keys.RefuseIfPresent("position", "columns are found by their header", "use 'column'");
        var node = keys.NeedScalar("column");
        var column = scope.Text(node);
        if (read.IsStatement && column is not null)
        {
            CheckStatementColumn(column, node!.Place);
        }

        return column;
    }

    SignRule? Sign(Keys keys, bool twoColumns)
    {
        if (twoColumns)
        {
            keys.RefuseIfPresent("sign", "'debit' and 'credit' already tell the sign");
            return null;
        }

        if (keys.Map("sign") is not { } map)
        {
            return null;
        }

        var column = ColumnIn(map, keys.PlaceOf("sign"), "a sign", "debit", "credit", "plus");
        var sign = new Keys(
            map, keys.PlaceOf("sign"), "a sign", scope.Report, "column", "position", "debit", "credit",
            "plus");
        var (debit, credit) = (Tokens(sign, "debit"), Tokens(sign, "credit"));
        foreach (var both in debit.Intersect(credit))
        {
            scope.Report.Add(
                Findings.DuplicateName, sign.PlaceOf("credit"), "a token is debit or credit", "meanings for",
                both);
        }

        var plus = Words.Choose(sign, "plus", PlusSides, Defaults.DebitIsPlus, scope.Report);
        return new SignRule(column ?? "", debit, credit, plus);
    }

    List<string> Tokens(Keys sign, string key)
    {
        _ = sign.Need(key, $"the token that stands for {key}");
        var tokens = sign.OneOrMore(key)
            .Select(node => scope.Text(sign.Shape<ScalarNode>(node, "one token"))).OfType<string>().ToList();
        if (sign.Find(key) is ListNode { Items.Count: 0 })
        {
            scope.Report.Add(Findings.Empty, sign.PlaceOf(key), null, $"'{key}'");
        }

        return tokens;
    }

    List<CleaningStep> Clean(Keys keys)
    {
        var steps = new List<CleaningStep>();
        foreach (var node in keys.OneOrMore("clean"))
        {
            if (CleaningSteps.Bind(node, keys.PlaceOf("clean"), scope) is { } step)
            {
                steps.Add(step);
            }
        }

        return steps;
    }
}
