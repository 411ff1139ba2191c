// Open records for which a posting was made: when it is in the books, nothing is open about them any more.
using Recon.Matching;
using Recon.Model.Rules;
using Recon.Runs.Normalising;

namespace Recon.Runs.Returning;

/// <summary>An open record of an earlier run, booked by a posting.</summary>
/// <param name="Leg">Where it was open when it was booked.</param>
sealed record BookedRecord(LegSpec Leg, SourceSpec Source, int Row);

static class BookedRecords
{
    /// <summary>By the record that is the posting. One that says something else books nothing, nor does one for records that were matched.</summary>
    /// <param name="scope">That of the pack.</param>
    internal static IReadOnlyDictionary<ReturnedRecord, BookedRecord> Of(
        Pack pack, IReadOnlyList<NormalisedSource> sources, MatchScope scope, IReadOnlyList<ReturnedRecord> records)
    {
        var booked = new Dictionary<ReturnedRecord, BookedRecord>();
        var taken = records.Select(record => (record.Source.Name, record.Row)).ToHashSet();
        foreach (var record in records.Where(record => record is { IsFirst: true, Altered: null, Posting.For: not null }))
        {
            if (OpenFor(record, pack, sources, scope) is { } open && taken.Add((open.Source.Name, open.Row)))
            {
                booked.Add(record, open);
            }
        }

        return booked;
    }

    static BookedRecord? OpenFor(ReturnedRecord record, Pack pack, IReadOnlyList<NormalisedSource> sources, MatchScope scope)
    {
        List<BookedRecord> open =
        [
            .. from source in sources
               from fate in source.Fates
               where fate.Row >= 0
               from item in fate.Item.OpenLegs
               where item.Break == record.Posting.For
               let leg = pack.LegOf(item.Leg)
               where leg is not null
               select new BookedRecord(leg, source.Records.Source, fate.Row),
        ];
        return open is [var only] && only.Leg.Sources.Count == 2 && only.Leg.SideOf(record.Source.Name) >= 0
            && !sources[only.Source.Index].Records.Origins.Residuals.ContainsKey(only.Row)
            && scope.SettledRows[only.Leg.Index][only.Leg.SideOf(only.Source.Name)]?[only.Row] != true
            ? only
            : null;
    }
}
