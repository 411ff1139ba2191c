// Makes sources, passes and tables for judging without loading a pack.
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Tests.Judging;

static class Specs
{
    public static readonly Place Nowhere = new("case", 1, 1, 1, "");

    public static FieldSpec Field(string name, FieldKind kind) =>
        new(name, kind, Optional: true, name, null, null, [], null, null, null, null, null);

    public static SourceSpec Source(
        string name, int index, SourceRole role, string? value, string zone, IReadOnlyList<FieldSpec> fields)
    {
        var read = new ReadSpec(ReadFormat.Csv, "none", MissingIsEmpty: false, Csv: null);
        return new SourceSpec(name, index, role, read, null, value, null, fields, zone, null, null, []);
    }

    /// <param name="rows">Id first, then one canonical cell a field; null for NULL. Any order.</param>
    public static RecordTable Table(SourceSpec source, IEnumerable<string?[]> rows)
    {
        var byId = Comparer<string?>.Create((a, b) => Utf8Order.Compare(a!, b!));
        var sorted = rows.OrderBy(row => row[0], byId).ToList();
        var columns = source.Fields
            .Select((field, i) => ColumnOf(field.Kind, sorted.Select(row => row[i + 1])));
        var count = sorted.Count;
        var origins = new RowOrigins([], new byte[count], new int[count], new bool[count]);
        return new RecordTable(source, TextColumn.Of(sorted.Select(row => row[0])), [.. columns], origins);
    }

    /// <summary><c>sum(provider.gross - provider.fee)</c> or <c>ledger.amount</c>; ASCII minus.</summary>
    public static Operand Operand(string text, IReadOnlyList<SourceSpec> sources)
    {
        var bare = text.Replace("sum(", "", StringComparison.Ordinal).TrimEnd(')');
        var terms = Terms(bare);
        var source = sources.First(source => source.Name == terms[0].Source);
        return new Operand(source.Name, source.Field(terms[0].Field).Kind, terms);
    }

    public static IReadOnlyList<Term> Terms(string text)
    {
        var terms = new List<Term>();
        var minus = false;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "-" or "+")
            {
                minus = word == "-";
            }
            else
            {
                var dot = word.IndexOf('.', StringComparison.Ordinal);
                terms.Add(new Term(minus, word[..dot], word[(dot + 1)..]));
            }
        }

        return terms;
    }

    public static Money Money(string text) =>
        Recon.Model.Money.TryParse(text, out var money) ? money : throw new FormatException(text);

    public static DateOnly Date(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static ExactNumber Number(string text) =>
        ExactNumber.TryParse(text, out var number) ? number : throw new FormatException(text);

    static Column ColumnOf(FieldKind kind, IEnumerable<string?> cells)
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

    static void Append(ColumnBuilder builder, FieldKind kind, string? cell)
    {
        switch (builder)
        {
            case var _ when cell is null:
                builder.AppendNull();
                break;
            case TextColumnBuilder texts:
                texts.Append(cell);
                break;
            case DateColumnBuilder dates:
                dates.Append(Date(cell));
                break;
            case InstantColumnBuilder instants:
                instants.Append(Instant.From(DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture)));
                break;
            case AmountColumnBuilder numbers when kind == FieldKind.Number:
                numbers.Append(Number(cell));
                break;
            case AmountColumnBuilder amounts:
                amounts.Append(Money(cell).Number, Money(cell).CurrencyCode);
                break;
        }
    }
}
