// All matches of a run as columns: the evidence that large runs keep instead of rows.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Results;

/// <summary>The matches of a run, leg by leg; a match costs its ids and some bytes, never an object.</summary>
public sealed record MatchEvidence(IReadOnlyList<LegEvidence> Legs)
{
    public int Count => Legs.Sum(leg => leg.Count);
}

/// <summary>
/// Matches of one leg in the order of (pass, business key). Match m has the ids FirstIds[FirstEnds[m−1] .. FirstEnds[m]) of
/// the source declared first, ascending, and likewise of the second.
/// </summary>
/// <param name="Sources">The two sources of the leg, in the order of the pack.</param>
/// <param name="PassNames">Passes of the leg; <paramref name="PassOf"/> points here.</param>
/// <param name="Truths">One column set a field of the event that the pack's trust names and this leg has.</param>
/// <param name="Lags">Date comparisons of the leg's passes: right − left as text, NULL where the pass has none.</param>
public sealed record LegEvidence(
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> PassNames,
    int[] PassOf,
    int[] FirstEnds,
    TextColumn FirstIds,
    int[] SecondEnds,
    TextColumn SecondIds,
    IReadOnlyList<TruthColumns> Truths,
    IReadOnlyList<LagColumn> Lags)
{
    public int Count => PassOf.Length;

    public (int Start, int End) FirstRange(int match) => (match == 0 ? 0 : FirstEnds[match - 1], FirstEnds[match]);

    public (int Start, int End) SecondRange(int match) => (match == 0 ? 0 : SecondEnds[match - 1], SecondEnds[match]);

    /// <summary>The first of the members.</summary>
    public RecordId FirstMember(int match) => new(Sources[0], FirstIds.Text(FirstRange(match).Start)!);

    /// <summary>The members of a match, those of the first source first.</summary>
    public IReadOnlyList<RecordId> RecordsOf(int match)
    {
        var records = new List<RecordId>();
        var (start, end) = FirstRange(match);
        for (var i = start; i < end; i++)
        {
            records.Add(new RecordId(Sources[0], FirstIds.Text(i)!));
        }

        (start, end) = SecondRange(match);
        for (var i = start; i < end; i++)
        {
            records.Add(new RecordId(Sources[1], SecondIds.Text(i)!));
        }

        return records;
    }

    public Truth TruthOf(TruthColumns truth, int match)
    {
        var against = Sources.Where((_, side) => (truth.Against[match] >> side & 1) != 0);
        return new Truth(
            truth.Field, truth.Values.Text(match), truth.From[match] == TruthColumns.Nobody ? null : Sources[truth.From[match]], [.. against]);
    }

    /// <summary>The match in which the record of side 0 or 1 stands, by a scan; −1 for none.</summary>
    public int MatchOf(int side, string id)
    {
        var (ids, ends) = side == 0 ? (FirstIds, FirstEnds) : (SecondIds, SecondEnds);
        var wanted = Encoding.UTF8.GetBytes(id);
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids.Utf8(i).SequenceEqual(wanted))
            {
                var match = Array.BinarySearch(ends, i + 1);
                return match >= 0 ? match : ~match;
            }
        }

        return -1;
    }
}
