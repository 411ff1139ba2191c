// Puts breaks together again, one after the other.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

sealed class BreakReader(PooledTexts texts, bool hasWasDue, bool hasWeights)
{
    // Neighbours stand on one leg, so they share its names.
    string[] _leg = [];

    public Break Next(ref EvidenceCursor cursor)
    {
        var item = Members(ref cursor);
        item = hasWasDue ? item with { WasDue = DateOrNull(ref cursor) } : item;
        return item with { Weighs = hasWeights ? WeightFormat.Read(ref cursor, texts, item) : null };
    }

    Break Members(ref EvidenceCursor cursor) => new(
        cursor.Text(),
        (BreakKind)cursor.Count((int)BreakKind.Withdrawn),
        _leg = texts.Names(ref cursor, _leg),
        texts.TextOrNull(ref cursor),
        Records(ref cursor),
        texts.Text(ref cursor),
        (Status)cursor.Count((int)Status.Loss),
        (Tier)cursor.Count((int)Tier.Manual),
        texts.TextOrNull(ref cursor),
        Date(ref cursor),
        DateOrNull(ref cursor),
        Date(ref cursor),
        texts.Text(ref cursor),
        Differences(ref cursor),
        Amounts(ref cursor));

    RecordId[] Records(ref EvidenceCursor cursor)
    {
        var records = new RecordId[cursor.Count(cursor.Rest.Length)];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = new RecordId(texts.Text(ref cursor), cursor.Text());
        }

        return records;
    }

    Difference[] Differences(ref EvidenceCursor cursor)
    {
        var differences = new Difference[cursor.Count(cursor.Rest.Length)];
        for (var i = 0; i < differences.Length; i++)
        {
            var fields = texts.Text(ref cursor);
            var amount = cursor.Count(1) == 1 ? AmountFormat.Read(ref cursor, texts) : default(Money?);
            differences[i] = new Difference(fields, amount, texts.Text(ref cursor));
        }

        return differences;
    }

    Money[] Amounts(ref EvidenceCursor cursor)
    {
        var amounts = new Money[cursor.Count(cursor.Rest.Length)];
        for (var i = 0; i < amounts.Length; i++)
        {
            amounts[i] = AmountFormat.Read(ref cursor, texts);
        }

        return amounts;
    }

    static DateOnly Date(ref EvidenceCursor cursor) => DateOnly.FromDayNumber(cursor.Count(DateOnly.MaxValue.DayNumber));

    static DateOnly? DateOrNull(ref EvidenceCursor cursor) =>
        cursor.Count(DateOnly.MaxValue.DayNumber + 1) is > 0 and var day ? DateOnly.FromDayNumber(day - 1) : null;
}
