// Fingerprints of raw rows: what makes a row delivered again the same row.
using Recon.Model;

namespace Recon.Runs.Normalising;

/// <summary>
/// The content of a row is the SHA-256 over its non-empty cells sorted by column name (ordinal UTF-8), name and text each
/// behind its length in 32 bits. Columns that no field reads count too: a row delivered again is the same row only
/// where the file says the same. Carried items keep the content they came with.
/// </summary>
static class RowContents
{
    /// <summary>The first 128 bits by row.</summary>
    public static UInt128[] Of(RawRows rows, int threads, CancellationToken cancellation)
    {
        var contents = new UInt128[rows.Count];
        RowRanges.ForEach(
            rows.ReadCount,
            threads,
            (from, to) =>
            {
                var (text, batch) = (new CanonicalText(), new Sha256Batch());
                var ends = new int[Sha256Batch.Lanes];
                for (int start = from, end; start < to; start = end)
                {
                    end = Math.Min(start + ends.Length, to);
                    text.Clear();
                    for (var row = start; row < end; row++)
                    {
                        Write(rows, row, text);
                        ends[row - start] = text.Utf8.Length;
                    }

                    batch.Hash(text.Utf8, ends.AsSpan(0, end - start), contents.AsSpan(start));
                }
            },
            cancellation);
        for (var row = rows.ReadCount; row < rows.Count; row++)
        {
            contents[row] = rows.Carried(row)!.Content;
        }

        return contents;
    }

    static void Write(RawRows rows, int row, CanonicalText text)
    {
        var table = rows.TableOf(row);
        var rowInTable = rows.RowInTable(row, table);
        foreach (var (name, _, column) in rows.ColumnsByName(table))
        {
            var cell = column.Utf8(rowInTable);
            if (!cell.IsEmpty)
            {
                text.AppendPart(name);
                text.AppendPart(cell);
            }
        }
    }
}
