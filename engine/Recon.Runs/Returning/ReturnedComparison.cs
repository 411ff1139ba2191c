// Holds records of the books against the posting whose key they bear.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Normalising;

namespace Recon.Runs.Returning;

/// <summary>
/// Of the records with one key the first by id that says what the posting says is the posting, else the first of all; whatever else bears the
/// key says it again. An earlier run may have seen it already: then only the same record is the posting.
/// </summary>
sealed class ReturnedComparison(Pack pack, IReadOnlyDictionary<string, bool> accounts, IReadOnlyList<NormalisedSource> sources)
{
    /// <param name="bearing">Records with one key, in the order of the pack's sources, then by id.</param>
    /// <param name="seenAs">Fingerprints of the records as which earlier runs saw the posting.</param>
    internal IEnumerable<ReturnedRecord> Of(IReadOnlyList<(SourceSpec Source, int Row, OwnPosting Posting)> bearing, IReadOnlySet<UInt128> seenAs)
    {
        var records = bearing.Select(entry => new ReturnedRecord(entry.Source, entry.Row, entry.Posting, AlteredIn(entry.Source, entry.Row, entry.Posting)))
            .ToList();
        var first = seenAs.Count > 0
            ? records.Find(record => seenAs.Contains(ReturnedPostings.Fingerprint(ReturnedPostings.RecordOf(sources, record).ToString())))
            : records.Find(record => record.Altered is null) ?? records[0];
        return records.Select(record => record == first ? record : record with
        {
            IsFirst = false,
            Altered = Again(record, first is null ? "an earlier run saw it in the books" : ReturnedPostings.RecordOf(sources, first).ToString()),
        });
    }

    AlteredPosting Again(ReturnedRecord record, string other)
    {
        var value = ValueOf(record.Source, record.Row);
        return Altered(
            record.Posting, record.Source, value, null, value is { IsZero: false } amount ? [amount] : [],
            $"the books have it again: {other} is it already");
    }

    AlteredPosting? AlteredIn(SourceSpec source, int row, OwnPosting posting)
    {
        var value = ValueOf(source, row);
        if (posting.State == OwnPostingState.Withdrawn)
        {
            return Altered(posting, source, value, null, WeightOf(value, null), "the posting was withdrawn, and the books have it");
        }

        if (posting.To != source.Name)
        {
            return Altered(posting, source, value, null, WeightOf(value, null), $"the posting is for {posting.To}");
        }

        // Books without an amount show nothing but the key.
        if (source.Value is null)
        {
            return null;
        }

        var wanted = posting.Effect(pack, accounts);
        var (said, asked) = wanted is { } signed ? (value, signed) : (value?.Abs(), posting.Amount);
        return said == asked ? null : Altered(
            posting, source, said, asked, WeightOf(said, asked), $"the books say {said?.ToString() ?? "NULL"} instead of {asked}");
    }

    Money? ValueOf(SourceSpec source, int row)
    {
        if (source.Value is not { } field)
        {
            return null;
        }

        var column = sources[source.Index].Records.Money(field);
        return column.IsNull(row) ? null : column.Money(row);
    }

    static AlteredPosting Altered(OwnPosting posting, SourceSpec source, Money? said, Money? asked, IReadOnlyList<Money> weight, string told) => new(
        posting,
        new Difference(
            $"posting ~ {source.Name}.{source.Value ?? source.PostingKey}",
            weight is [var only] ? only : null,
            weight is [var one] ? one.ToString() : $"{asked?.ToString() ?? "nothing"} ≠ {said?.ToString() ?? "NULL"}"),
        weight,
        told);

    // record − posting.
    static IReadOnlyList<Money> WeightOf(Money? said, Money? asked) => (said, asked) switch
    {
        ({ } one, { } other) when one.CurrencyCode == other.CurrencyCode => one == other ? [] : [one - other],
        ({ } one, { } other) => [.. new[] { one, -other }.Where(money => !money.IsZero).OrderBy(money => money.CurrencyCode)],
        ({ IsZero: false } one, null) => [one],
        (null, { IsZero: false } other) => [-other],
        _ => [],
    };
}
