// What a break is about, before it is judged: the records, where they met and how they disagree.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging;

/// <summary>A partial match and its pass.</summary>
sealed record MissingLeg(PassSpec Pass, PartialMatch Match);

/// <summary>Records of one leg on which a class has been found.</summary>
/// <param name="Pass">The pass that matched them or found them ambiguous; null for open items.</param>
/// <param name="Rows">By side of the leg, each ascending.</param>
/// <param name="Hit">The first class that holds, before any deadline is looked at.</param>
sealed record Subject(
    BreakKind Kind,
    LegView View,
    PassSpec? Pass,
    IReadOnlyList<int[]> Rows,
    IReadOnlyList<Disagreement> Disagreements,
    ClassSpec Hit)
{
    /// <summary>What a pass could not decide; null where the records are no component.</summary>
    public AmbiguousComponent? Component { get; init; }

    /// <summary>Of a posting of ours that came back otherwise: how; null for all else.</summary>
    public AlteredPosting? Altered { get; init; }

    /// <summary>Of an open item: the set of records in which it stands that lacks one source; null where it stands in none.</summary>
    public MissingLeg? Missing { get; init; }

    /// <summary>In the order of the leg's sources, then by id.</summary>
    public IReadOnlyList<RecordId> Records { get; } = RecordsOf(View, Rows);

    /// <summary>The side of the first record.</summary>
    public int FirstSide
    {
        get
        {
            var side = 0;
            while (Rows[side].Length == 0)
            {
                side++;
            }

            return side;
        }
    }

    static RecordId[] RecordsOf(LegView view, IReadOnlyList<int[]> rows)
    {
        var records = new RecordId[rows.Sum(side => side.Length)];
        var count = 0;
        for (var side = 0; side < rows.Count; side++)
        {
            foreach (var row in rows[side])
            {
                records[count++] = view.RecordOf(side, row);
            }
        }

        return records;
    }
}
