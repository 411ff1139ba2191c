// The columns of a segment: their names for whoever reads the file, their places for us.
using Parquet.Data;
using Parquet.Schema;

namespace Recon.Store.Evidence;

/// <summary>
/// A row is a match; one with several members on a side goes on in the rows below, which have its number, its further members and nothing
/// else. So a leg of one to one is one row a match, and a sum over a column counts each match once.
/// </summary>
/// <remarks>
/// <c>match</c> (number in the leg, from 1), <c>pass</c>, one column of ids a source (<c>ledger</c>), then of each believed field its value
/// (<c>amount</c>: a decimal with <c>amount_currency</c>, or a date, where it is one), its exact text where that is something else
/// (<c>amount_text</c>), who is believed (<c>amount_from</c>) and who says otherwise (<c>amount_against</c>), then lags. A name that is
/// taken gets a number. The library writes and finds columns by their order, so names mean nothing to us.
/// </remarks>
sealed class SegmentColumns
{
    // What a Parquet decimal of 16 bytes holds.
    public const int MostDigits = 38;

    readonly List<DataField> _fields = [];
    readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public SegmentColumns(SegmentHead head)
    {
        Match = Add(name => new DataField<long>(name), "match");
        Pass = Text("pass");
        Ids = [.. head.Leg.Select(Text)];
        Truths = [.. head.Truths.Select(Truth)];
        Lags = [.. head.Lags.Select(fields => Text($"lag_{Words(fields)}"))];
        Schema = new ParquetSchema(_fields);
    }

    public ParquetSchema Schema { get; }

    public DataField Match { get; }

    public DataField Pass { get; }

    /// <summary>By source of the leg.</summary>
    public IReadOnlyList<DataField> Ids { get; }

    public IReadOnlyList<TruthFields> Truths { get; }

    public IReadOnlyList<DataField> Lags { get; }

    TruthFields Truth(SegmentTruth truth)
    {
        var name = Words(truth.Field);
        var number = truth.Shape != TruthShape.Money ? null : Add(
            unique => new DecimalDataField(unique, MostDigits, truth.Scale, isNullable: true, clrType: typeof(BigDecimal)), name);
        var currency = truth.Shape == TruthShape.Money ? Text($"{name}_currency") : null;
        var date = truth.Shape == TruthShape.Date ? Add(unique => new DataField<DateOnly?>(unique), name) : null;
        var text = Text(truth.Shape == TruthShape.Text ? name : $"{name}_text");
        return new TruthFields(number, currency, date, text, Text($"{name}_from"), Text($"{name}_against"));
    }

    DataField Text(string name) => Add(unique => new DataField<string>(unique, nullable: true), name);

    DataField Add(Func<string, DataField> make, string name)
    {
        var unique = name;
        for (var again = 2; !_names.Add(unique.ToUpperInvariant()); again++)
        {
            unique = $"{name}_{again}";
        }

        var field = make(unique);
        _fields.Add(field);
        return field;
    }

    // "ledger.booked ~ bank.value_date" as one word.
    static string Words(string text) =>
        string.Join('_', string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_')).Split('_', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The columns of a believed field.</summary>
sealed record TruthFields(DataField? Number, DataField? Currency, DataField? Date, DataField Text, DataField From, DataField Against);
