// The ids of the rows that a condition left out, for those who ask for one.
using System.Text;
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>Excluded rows with their ids, in no order; they are asked for one at a time, by people.</summary>
sealed class ExcludedRows(int[] rows, TextColumn ids)
{
    public static ExcludedRows None { get; } = new([], TextColumn.Of([]));

    /// <param name="holds">By position: whether the row stays.</param>
    /// <param name="derivedId">Index of the derived column that is the id; null where the id was read.</param>
    public static ExcludedRows Of(Candidates candidates, bool[] holds, int? derivedId)
    {
        int[] positions = [.. Enumerable.Range(0, holds.Length).Where(position => !holds[position])];
        if (positions.Length == 0)
        {
            return None;
        }

        var ids = derivedId is int column
            ? CanonicalColumn.Of(candidates.Derived[column].Gather(positions))
            : candidates.Ids.Gather(positions);
        return new ExcludedRows([.. positions.Select(position => candidates.Rows[position])], ids);
    }

    /// <summary>The ids of the excluded rows that are asked for.</summary>
    public IEnumerable<string> Ids(Func<int, bool> isWanted) =>
        Enumerable.Range(0, rows.Length).Where(i => !ids.IsNull(i) && isWanted(rows[i])).Select(i => ids.Text(i)!);

    /// <summary>The raw row with this id, or null.</summary>
    public int? RowOf(string id)
    {
        var wanted = Encoding.UTF8.GetBytes(id);
        for (var i = 0; i < rows.Length; i++)
        {
            if (!ids.IsNull(i) && ids.Utf8(i).SequenceEqual(wanted))
            {
                return rows[i];
            }
        }

        return null;
    }
}
