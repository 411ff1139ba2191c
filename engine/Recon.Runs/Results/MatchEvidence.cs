// All matches of a run as columns: the evidence that large runs keep instead of rows.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Results;

/// <summary>The matches of a run, leg by leg; a match costs its ids and some bytes, never an object.</summary>
public sealed record MatchEvidence(IReadOnlyList<LegEvidence> Legs)
{
    public int Count => Legs.Sum(leg => leg.Count);

    /// <summary>That there were matches which a policy removed; null where all are there.</summary>
    public PurgedMatches? Purged { get; init; }
}

/// <summary>Matches of a run that are not kept any more.</summary>
/// <param name="Count">How many the run had.</param>
public sealed record PurgedMatches(string Policy, DateTimeOffset At, string By, int Count)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"the {Count:N0} matches of this run were purged on {At.UtcDateTime:yyyy-MM-dd} by {By} (policy {Policy})");
}

/// <summary>Matches of one leg in the order of (pass, business key).</summary>
/// <param name="Sources">The sources of the leg, in the order of the pack.</param>
/// <param name="PassNames">Passes of the leg; <paramref name="PassOf"/> points here.</param>
/// <param name="Members">By source of the leg.</param>
/// <param name="Truths">One column set a field of the event that the pack's trust names and this leg has.</param>
/// <param name="Lags">Date comparisons of the leg's passes: right − left as text, NULL where the pass has none.</param>
public sealed record LegEvidence(
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> PassNames,
    MatchPasses PassOf,
    IReadOnlyList<MemberIds> Members,
    IReadOnlyList<TruthColumns> Truths,
    IReadOnlyList<LagColumn> Lags)
{
    public int Count => PassOf.Count;

    /// <summary>The first of the members.</summary>
    public RecordId FirstMember(int match) => new(Sources[0], Members[0].Ids.Text(Members[0].Range(match).Start)!);

    /// <summary>The members of a match, in the order of the leg's sources.</summary>
    public IReadOnlyList<RecordId> RecordsOf(int match)
    {
        var records = new List<RecordId>();
        for (var side = 0; side < Members.Count; side++)
        {
            var (start, end) = Members[side].Range(match);
            for (var i = start; i < end; i++)
            {
                records.Add(new RecordId(Sources[side], Members[side].Ids.Text(i)!));
            }
        }

        return records;
    }

    public Truth TruthOf(TruthColumns truth, int match)
    {
        var against = Sources.Where((_, side) => (truth.Against[match] >> side & 1) != 0);
        return new Truth(
            truth.Field, truth.Values.Text(match), truth.From[match] == TruthColumns.Nobody ? null : Sources[truth.From[match]], [.. against]);
    }

    /// <summary>The match in which the record of a side stands, by a scan; −1 for none.</summary>
    public int MatchOf(int side, string id)
    {
        var ids = Members[side].Ids;
        var wanted = Encoding.UTF8.GetBytes(id);
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids.Utf8(i).SequenceEqual(wanted))
            {
                return Members[side].Ends.MatchOf(i);
            }
        }

        return -1;
    }
}

/// <summary>Ids of one source, match by match, ascending in each.</summary>
public sealed record MemberIds(MatchEnds Ends, TextColumn Ids)
{
    /// <inheritdoc cref="MatchEnds.Range"/>
    public (int Start, int End) Range(int match) => Ends.Range(match);
}
