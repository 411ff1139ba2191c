// Whether a row with an id was delivered now, whatever became of it.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>Rows read now by id: those that may become records, those that a condition left out, and rejects whose id can be read.</summary>
/// <param name="ids">Ascending; of read and carried rows.</param>
/// <param name="raws">Position → raw row.</param>
sealed class DeliveredRows(RawRows rows, TextColumn ids, int[] raws, ExcludedRows excluded, IReadOnlyList<Reject> rejects)
{
    HashSet<string>? _others;

    internal bool Has(string id)
    {
        _others ??= Others();
        return IsCandidate(Encoding.UTF8.GetBytes(id)) || _others.Contains(id);
    }

    HashSet<string> Others() =>
    [
        .. excluded.Ids(row => !rows.IsCarried(row)),
        .. rejects.Where(reject => reject.File is not null || rows.Read.Files.Count == 0).Select(reject => reject.Id).OfType<string>(),
    ];

    bool IsCandidate(ReadOnlySpan<byte> id)
    {
        var (low, high) = (0, raws.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ids.Utf8(middle).SequenceCompareTo(id) < 0 ? (middle + 1, high) : (low, middle);
        }

        for (; low < raws.Length && ids.Utf8(low).SequenceEqual(id); low++)
        {
            if (!rows.IsCarried(raws[low]))
            {
                return true;
            }
        }

        return false;
    }
}
