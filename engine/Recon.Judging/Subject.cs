// What a break is about, before it is judged: the records, where they met and how they disagree.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging;

/// <summary>Records of one leg on which a class has been found.</summary>
/// <param name="Pass">The pass that matched them or found them ambiguous; null for open items.</param>
/// <param name="FirstRows">Rows of the source declared first, ascending.</param>
/// <param name="Edges">Pairs that fit, of an ambiguous component; null where they are too many to weigh; else 0.</param>
/// <param name="Hit">The first class that holds, before any deadline is looked at.</param>
sealed record Subject(
    BreakKind Kind,
    LegView View,
    PassSpec? Pass,
    int[] FirstRows,
    int[] SecondRows,
    long? Edges,
    IReadOnlyList<Disagreement> Disagreements,
    ClassSpec Hit)
{
    /// <summary>In the order of the leg's sources, then by id.</summary>
    public IReadOnlyList<RecordId> Records { get; } = RecordsOf(View, FirstRows, SecondRows);

    public int[] Rows(int side) => side == 0 ? FirstRows : SecondRows;

    /// <summary>The side of the first record.</summary>
    public int FirstSide => FirstRows.Length > 0 ? 0 : 1;

    static RecordId[] RecordsOf(LegView view, int[] firstRows, int[] secondRows)
    {
        var records = new RecordId[firstRows.Length + secondRows.Length];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = i < firstRows.Length
                ? view.RecordOf(0, firstRows[i])
                : view.RecordOf(1, secondRows[i - firstRows.Length]);
        }

        return records;
    }
}
