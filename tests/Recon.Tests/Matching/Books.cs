// Small packs and tables for tests of matching, built without the loader.
using System.Globalization;
using Recon.Matching;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rates;
using Recon.Model.Rules;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Matching;

/// <summary>A pack with its tables.</summary>
sealed record Book(Pack Pack, IReadOnlyList<RecordTable> Tables)
{
    public RecordTable Table(string source) => Tables.Single(table => table.Name == source);

    public MatchSet Match(int threads = 1, ICompiledRules? rules = null, long hashSeed = 1) => Matcher.Match(
        Pack, Tables, MatchScope.Everything(Pack), Books.Options(threads, rules, hashSeed),
            CancellationToken.None);
}

static class Books
{
    static readonly Place Nowhere = new("test", 1, 1, 1, "");

    public static IReadOnlyDictionary<string, BusinessCalendar> Calendars { get; } =
        new Dictionary<string, BusinessCalendar>(StringComparer.Ordinal)
        {
            ["TARGET2"] = BusinessCalendar.Target2,
            ["weekdays"] = BusinessCalendar.Weekdays,
        };

    public static MatchOptions Options(int threads = 1, ICompiledRules? rules = null, long hashSeed = 1) =>
        new(rules ?? NoCompiledRules.Instance, Calendars, threads, Progress: null, hashSeed) { Rates = Rates };

    /// <summary>The rates of the oracle's small world, by name.</summary>
    public static IReadOnlyDictionary<string, RateTable> Rates { get; } = new Dictionary<string, RateTable>(StringComparer.Ordinal)
    {
        ["ECB"] = new RateTable("ECB", Currency.Of("EUR"), OracleRates.Published),
    };

    /// <summary>A source whose id is its field <c>id</c>.</summary>
    public static SourceSpec Source(string name, int index, string zone,
        params IEnumerable<(string Name, FieldKind Kind)> fields) => new(
        name,
        index,
        SourceRole.External,
        new ReadSpec(ReadFormat.Csv, name + ".csv", MissingIsEmpty: false, Csv: null),
        Id: "id",
        Value: null,
        PostingKey: null,
        [.. fields.Select(field =>
            new FieldSpec(field.Name, field.Kind, true, field.Name, null, null, [], null, null, null, null,
            null))],
        zone,
        Calendar: null,
        Where: null,
        Controls: []);

    /// <summary>Rows by field in canonical text, null for NULL; the table puts them in the order of their ids.</summary>
    public static RecordTable Table(SourceSpec source, IEnumerable<string?[]> rows)
    {
        var id = source.Fields.ToList().FindIndex(field => field.Name == source.Id);
        var sorted = rows.ToList();
        sorted.Sort((a, b) => Utf8Order.Compare(a[id]!, b[id]!));
        var columns = source.Fields.Select((field, index) =>
            Column(field.Kind, sorted.Select(row => row[index]))).ToList();
        var origins = new RowOrigins([], new byte[sorted.Count], new int[sorted.Count],
            new bool[sorted.Count]);
        return new RecordTable(source, (TextColumn)columns[id], columns, origins);
    }

    public static Column Column(FieldKind kind, IEnumerable<string?> cells)
    {
        ColumnBuilder builder = kind switch
        {
            FieldKind.Text => new TextColumnBuilder(),
            FieldKind.Date => new DateColumnBuilder(),
            FieldKind.Instant => new InstantColumnBuilder(),
            _ => new AmountColumnBuilder(kind),
        };
        foreach (var cell in cells)
        {
            Append(builder, kind, cell);
        }

        return builder.Build();
    }

    public static LegSpec Leg(int index, params SourceSpec[] sources) =>
        new(index, [.. sources.OrderBy(source => source.Index)]);

    public static PassSpec Pass(
        string id,
        int index,
        LegSpec leg,
        SourceSpec left,
        SourceSpec right,
        Cardinality cardinality,
        IEnumerable<KeyPair> key,
        IEnumerable<Comparison> comparisons,
        TieRule? tie = null,
        bool hold = false,
        string? when = null) => new(
        id, index, leg, left, right, cardinality, [.. key], [.. comparisons], tie ?? TieRule.Ask, hold,
        when is null ? null : Rule($"passes.{id}.when", when), Nowhere);

    public static Comparison Compare(SourceSpec left, string leftField, SourceSpec right, string rightField,
        Tolerance? tolerance) => new(
        $"{left.Name}.{leftField} ~ {right.Name}.{rightField}", Operand(left, leftField),
            Operand(right, rightField), tolerance);

    public static Operand Operand(SourceSpec source, string field) =>
        new(source.Name, source.Field(field).Kind, [new Term(false, source.Name, field)]);

    public static RuleRef Rule(string path, string text) => new(path, text, Nowhere);

    /// <summary>A class that reads what its C# mentions.</summary>
    public static ClassSpec Class(string id, BreakCondition on, string? when) =>
        new(id, 0, Status.Suspicious, on, when is null ? null : Rule($"classify.{id}.when", when), null,
            Nowhere);

    public static Pack Pack(
        IReadOnlyList<SourceSpec> sources, IReadOnlyList<LegSpec> legs, IReadOnlyList<PassSpec> passes,
        IReadOnlyList<ClassSpec>? classes = null) =>
        new("test", "1", null, [], sources, legs, [], passes, classes ?? [], [], null, "test");

    static void Append(ColumnBuilder builder, FieldKind kind, string? cell)
    {
        if (cell is null)
        {
            builder.AppendNull();
            return;
        }

        switch (builder)
        {
            case TextColumnBuilder text:
                text.Append(cell);
                break;
            case DateColumnBuilder dates:
                dates.Append(DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case InstantColumnBuilder instants:
                instants.Append(Instant.From(DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture)));
                break;
            case AmountColumnBuilder amounts when kind == FieldKind.Money:
                Assert.True(Money.TryParse(cell, out var money), cell);
                amounts.Append(money.Number, money.CurrencyCode);
                break;
            case AmountColumnBuilder numbers:
                Assert.True(ExactNumber.TryParse(cell, out var number), cell);
                numbers.Append(number);
                break;
        }
    }
}
