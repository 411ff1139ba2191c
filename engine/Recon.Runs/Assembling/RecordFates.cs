// Why an amount that weighed does not weigh any more, and why another one does now.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Returning;

namespace Recon.Runs.Assembling;

/// <summary>What became of records of the opening state, and where records of this run come from; asked for few of them.</summary>
/// <param name="breaks">Those of this run.</param>
sealed class RecordFates(MatchedRun run, IReadOnlyList<Break> breaks)
{
    readonly Lazy<Dictionary<RecordId, (int Source, CarriedFate Fate)>> _carried = new(() => run.Sources.Index()
        .SelectMany(source => source.Item.Fates.Select(fate => (source.Index, Fate: fate)))
        .ToDictionary(entry => entry.Fate.Item.Record, entry => (entry.Index, entry.Fate)));

    readonly Lazy<ILookup<RecordId, Break>> _standing = new(() => breaks
        .Where(item => item.Kind is BreakKind.Open or BreakKind.Ambiguous)
        .SelectMany(item => item.Records.Select(record => (Record: record, Break: item)))
        .ToLookup(open => open.Record, open => open.Break));

    readonly Lazy<bool[]?[]> _duplicates = new(() =>
        [.. run.Sources.Select((source, i) => run.Matches.DuplicatesOf(i, source.Records.Count))]);

    readonly Lazy<Dictionary<string, Break>> _byId = new(() => breaks.DistinctBy(item => item.Id).ToDictionary(item => item.Id, StringComparer.Ordinal));

    // What this run left of records, with the record of each.
    readonly Lazy<Dictionary<RecordId, RecordId>> _left = new(() => run.Sources.Index()
        .SelectMany(source => run.Sides[source.Index].SelectMany(leg => leg.OpenResiduals).Select(left => (
            Left: new RecordId(source.Item.Records.Name, left.Residual.Of.Id),
            Of: new RecordId(source.Item.Records.Name, source.Item.Records.Id(left.Residual.Root)))))
        .DistinctBy(left => left.Left).ToDictionary(left => left.Left, left => left.Of));

    internal Movement HowGone(Weighed gone)
    {
        if (gone.Weight.Record is { } record)
        {
            return OfRecord(record);
        }

        return gone.Kind == BreakKind.Difference ? Movement.Differences
            : _byId.Value.GetValueOrDefault(gone.Break)?.Status == Status.Settled ? Movement.Resolved
            : OfMembers(gone.Break);
    }

    internal Movement HowCome(Weighed come)
    {
        if (come.Weight.Record is { } record)
        {
            return _left.Value.TryGetValue(record, out var whole) && IsOfBefore(whole) ? Movement.Settled
                : IsOfBefore(record) ? Movement.Changed
                : Movement.New;
        }

        return come.Kind == BreakKind.Ambiguous && _byId.Value[come.Break].Records.Any(IsOfBefore) ? Movement.Changed : Movement.New;
    }

    // What one side had more of records that nobody could tell apart.
    Movement OfMembers(string id)
    {
        var fates = _carried.Value.Values.Where(entry => entry.Fate.Item.OpenLegs.Any(open => open.Break == id))
            .Select(entry => OfRecord(entry.Fate.Item.Record)).ToHashSet();
        return fates.Contains(Movement.Settled) ? Movement.Settled
            : fates.Contains(Movement.Withdrawn) ? Movement.Withdrawn
            : Movement.Changed;
    }

    Movement OfRecord(RecordId record)
    {
        var standing = _standing.Value[record];
        if (standing.Any())
        {
            return standing.All(item => item.Status == Status.Settled) ? Movement.Resolved : Movement.Changed;
        }

        if (OwnPosting.Is(record))
        {
            return MissingPostings.CameBack(run, record) ? Movement.Settled : Movement.Withdrawn;
        }

        if (!_carried.Value.TryGetValue(record, out var carried))
        {
            return Movement.Changed;
        }

        var (source, fate) = carried;
        return fate.Row < 0 ? Movement.Withdrawn
            : run.Sides[source].Any(leg => leg.IsOpen(fate.Row)) ? Movement.Changed
            : _duplicates.Value[source]?[fate.Row] == true ? Movement.Withdrawn
            : Movement.Settled;
    }

    // A newer version of an open item is read now, under the name of the item; what is left of a record may have another name now.
    bool IsOfBefore(RecordId record) => OwnPosting.Is(record)
        ? MissingPostings.Before(run.Input.Opening).Any(item => item.Record == record)
        : IsOfRowBefore(record);

    bool IsOfRowBefore(RecordId record) => _carried.Value.ContainsKey(record)
        || run.Sources.FirstOrDefault(source => source.Records.Name == record.Source) is not { } source
        || (source.Records.RowOf(Encoding.UTF8.GetBytes(record.Id)) is >= 0 and var row && source.CarriedOrigin(row) is not null);
}
