// In which break each open record of a leg stands, by row.
using Recon.Model;

namespace Recon.Judging;

/// <summary>Breaks by open row: what runs after this one ask of each record that they carry.</summary>
public sealed class OpenRowBreaks
{
    readonly int[]?[][] _breakOf;

    internal OpenRowBreaks(IReadOnlyList<LegView> legs, IReadOnlyList<Subject> subjects)
    {
        _breakOf = [.. legs.Select(view => new int[]?[view.Tables.Count])];
        for (var i = 0; i < subjects.Count; i++)
        {
            if (subjects[i].Kind != BreakKind.Difference)
            {
                Add(subjects[i], i);
            }
        }
    }

    /// <summary>Index of the break, in the order of the judged breaks, in which an open row stands.</summary>
    /// <param name="leg">Index of the leg in the pack.</param>
    /// <param name="side">Index of the source in the leg.</param>
    public int Of(int leg, int side, int row)
    {
        var index = (_breakOf[leg][side]?[row] ?? 0) - 1;
        Require.That(index >= 0);
        return index;
    }

    // One more than the index: 0 stands for none.
    void Add(Subject subject, int index)
    {
        for (var side = 0; side < subject.Rows.Count; side++)
        {
            foreach (var row in subject.Rows[side])
            {
                ref var rows = ref _breakOf[subject.View.Leg.Index][side];
                (rows ??= new int[subject.View.Tables[side].Count])[row] = index + 1;
            }
        }
    }
}
