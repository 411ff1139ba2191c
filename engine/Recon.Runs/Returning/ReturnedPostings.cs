// Our own postings as they come back: which records of the books they are, and which of these say something else.
using System.Text;
using Recon.Matching;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Assembling;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Returning;

/// <summary>A record of the books that bears the key of a posting.</summary>
/// <param name="Altered">Null where it says what the posting says.</param>
sealed record ReturnedRecord(SourceSpec Source, int Row, OwnPosting Posting, AlteredPosting? Altered)
{
    /// <summary>True for the record that is the posting: what says it again is not.</summary>
    public bool IsFirst { get; init; } = true;
}

/// <param name="Pack">The pack, behind its own passes one for each source in which postings came back.</param>
/// <param name="Scope">That of the legs of this pack.</param>
/// <param name="Given">By the index of these passes: the row of each match.</param>
/// <param name="Records">In the order of the pack's sources, then by row.</param>
sealed record ReturnedPostings(
    Pack Pack, MatchScope Scope, IReadOnlyDictionary<int, IReadOnlyList<int[][]>> Given, IReadOnlyList<ReturnedRecord> Records)
{
    internal static ReturnedPostings Of(RunRequest request, OpeningState opening, IReadOnlyList<NormalisedSource> sources)
    {
        var pack = request.Pack;
        var scope = new MatchScope(LegScope.Of(pack, sources));
        var bearing = opening.Own.Named.Count == 0 ? [] : pack.Sources.Where(source => source.PostingKey is not null)
            .SelectMany(source => Bearing(pack, source, sources[source.Index].Records, scope, opening.Own.Named)).ToList();
        if (bearing.Count == 0)
        {
            return new ReturnedPostings(pack, scope, new Dictionary<int, IReadOnlyList<int[][]>>(), []);
        }

        var comparison = new ReturnedComparison(pack, request.Accounts, sources);
        List<ReturnedRecord> records =
        [
            .. bearing.GroupBy(entry => entry.Posting.Key, StringComparer.Ordinal)
                .SelectMany(group => comparison.Of([.. group], SeenAs(opening, group.First().Posting)))
                .OrderBy(record => record.Source.Index).ThenBy(record => record.Row),
        ];
        return WithPasses(pack, sources, scope, records);
    }

    /// <summary>Of records whose posting was made for an open record: that record.</summary>
    internal IReadOnlyDictionary<ReturnedRecord, BookedRecord> Booked { get; init; } = new Dictionary<ReturnedRecord, BookedRecord>();

    /// <summary>True where the row of the source with this index is a posting, or booked by one.</summary>
    internal bool Has(int source, int row) => Records.Any(record => record.Source.Index == source && record.Row == row)
        || Booked.Values.Any(record => record.Source.Index == source && record.Row == row);

    /// <summary>The posting that a record is, or by which it is booked; null where there is none.</summary>
    internal OwnPosting? PostingOf(SourceSpec source, int row) =>
        (Records.FirstOrDefault(record => record.Source.Name == source.Name && record.Row == row)
            ?? Booked.FirstOrDefault(entry => entry.Value.Source.Name == source.Name && entry.Value.Row == row).Key)?.Posting;

    /// <summary>By index of the pass and row, for judging.</summary>
    internal IReadOnlyDictionary<(int Pass, int Row), AlteredPosting> Altered() => Records.Where(record => record.Altered is not null)
        .ToDictionary(record => (PassOf(record.Source).Index, record.Row), record => record.Altered!);

    PassSpec PassOf(SourceSpec source) =>
        Pack.Passes.First(pass => pass is { Kind: PassKind.OwnPostings, IsOfOneSource: true } && pass.Left.Name == source.Name);

    /// <summary>The postings that this run saw in the books, by the record that each is: known by these to the runs after it.</summary>
    internal SettledRecords? Settled(IReadOnlyList<NormalisedSource> sources)
    {
        var seen = Records.Where(record => record.IsFirst)
            .Select(record => (Id: Fingerprint(record.Posting.Key), Content: Fingerprint(RecordOf(sources, record).ToString())))
            .OrderBy(entry => entry.Id).ThenBy(entry => entry.Content).ToList();
        return seen.Count == 0 ? null : new SettledRecords(
            BuiltInPasses.OwnPostings, [.. seen.Select(entry => entry.Id)], [.. seen.Select(entry => entry.Content)]);
    }

    internal static RecordId RecordOf(IReadOnlyList<NormalisedSource> sources, ReturnedRecord record) =>
        new(record.Source.Name, sources[record.Source.Index].Records.Id(record.Row));

    internal static UInt128 Fingerprint(string text) => SettledLookup.Fingerprint(Encoding.UTF8.GetBytes(text));

    // As which records earlier runs saw it; none where they did not.
    static HashSet<UInt128> SeenAs(OpeningState opening, OwnPosting posting)
    {
        var (wanted, seen) = (Fingerprint(posting.Key), new HashSet<UInt128>());
        foreach (var settled in opening.Settled.Where(settled => settled.Source == BuiltInPasses.OwnPostings))
        {
            if (Array.BinarySearch(settled.Ids, wanted) is >= 0 and var place)
            {
                seen.Add(settled.Contents[place]);
            }
        }

        return seen;
    }

    // What an earlier run matched on a leg, or left of a record, is what that run said it is.
    static IEnumerable<(SourceSpec Source, int Row, OwnPosting Posting)> Bearing(
        Pack pack, SourceSpec source, RecordTable table, MatchScope scope, IReadOnlyDictionary<string, OwnPosting> named)
    {
        var column = (TextColumn)table.Column(source.PostingKey!);
        var settled = pack.Legs.Where(leg => leg.SideOf(source.Name) >= 0)
            .Select(leg => scope.SettledRows[leg.Index][leg.SideOf(source.Name)]).OfType<bool[]>().ToList();
        for (var row = 0; row < table.Count; row++)
        {
            if (!column.IsNull(row) && named.TryGetValue(column.Text(row)!, out var posting)
                && !table.Origins.Residuals.ContainsKey(row) && !settled.Exists(rows => rows[row]))
            {
                yield return (source, row, posting);
            }
        }
    }

    static ReturnedPostings WithPasses(Pack pack, IReadOnlyList<NormalisedSource> sources, MatchScope scope, List<ReturnedRecord> records)
    {
        var booked = BookedRecords.Of(pack, sources, scope, records);
        var (legs, passes, given) = (pack.Legs.ToList(), pack.Passes.ToList(), new Dictionary<int, IReadOnlyList<int[][]>>());
        var matches = records.Select(record => (record.Source, Leg: LegOf(record, booked, legs), Record: record))
            .GroupBy(match => (match.Source, match.Leg)).OrderBy(group => (group.Key.Source.Index, group.Key.Leg.Sources.Count, group.Key.Leg.Index));
        foreach (var (i, group) in matches.Index())
        {
            var (source, leg) = group.Key;
            given.Add(passes.Count, [.. group.Select(match => RowsOf(match.Record, leg, booked))]);
            passes.Add(new PassSpec(
                BuiltInPasses.OwnPostingsOf(i), passes.Count, leg, source, leg.Sources.FirstOrDefault(other => other.Name != source.Name) ?? source,
                Cardinality.ManyToMany, [], [], TieRule.Ask, Hold: false, When: null, new Place("", 1, 1, 1, ""))
            {
                Kind = PassKind.OwnPostings,
            });
        }

        var extended = pack with { Legs = legs, Passes = passes };
        return new ReturnedPostings(extended, new MatchScope(LegScope.Of(extended, sources)), given, records) { Booked = booked };
    }

    // With the record that it books, on the leg where that is open; else on the leg of the books alone.
    static LegSpec LegOf(ReturnedRecord record, IReadOnlyDictionary<ReturnedRecord, BookedRecord> booked, List<LegSpec> legs)
    {
        if (booked.GetValueOrDefault(record) is { } other && other.Source.Name != record.Source.Name)
        {
            return other.Leg;
        }

        if (legs.Find(leg => leg.Sources.Count == 1 && leg.Names[0] == record.Source.Name) is not { } own)
        {
            legs.Add(own = new LegSpec(legs.Count, [record.Source]));
        }

        return own;
    }

    static int[][] RowsOf(ReturnedRecord record, LegSpec leg, IReadOnlyDictionary<ReturnedRecord, BookedRecord> booked)
    {
        var other = booked.GetValueOrDefault(record);
        return
        [
            .. leg.Sources.Select(source => (source.Name == record.Source.Name, source.Name == other?.Source.Name) switch
            {
                (true, true) => [Math.Min(record.Row, other!.Row), Math.Max(record.Row, other.Row)],
                (true, _) => [record.Row],
                _ => new int[] { other!.Row },
            }),
        ];
    }
}
