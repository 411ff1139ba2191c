// Fingerprints of raw rows: what makes a row delivered again the same row.
using System.Buffers.Binary;
using System.Security.Cryptography;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>
/// The content of a row is the SHA-256 over its non-empty cells sorted by column name (ordinal UTF-8), name and text each
/// behind its length in 32 bits. Columns that no field reads count too: a row delivered again is the same row only
/// where the file says the same. Carried items keep the content they came with, where no cell is left out. A row that its server joined
/// has the content of what travelled of it (<see cref="AsJoined"/>), which is never that of a whole row.
/// </summary>
/// <remarks>
/// Few runs ask for the content of many rows, so it is hashed when it is asked for. Many readers, or one that
/// calls <see cref="Learn"/>.
/// </remarks>
/// <param name="leftOut">Columns that do not count.</param>
/// <param name="taken">Contents of the rows read now, where they were hashed as they came by; only where no column is left out.</param>
sealed class RowContents(RawRows rows, int threads, IReadOnlyList<string> leftOut, Extent<UInt128>? taken = null)
{
    readonly HashSet<string> _leftOut = new(leftOut, StringComparer.Ordinal);

    static readonly byte[] Joined = "joined"u8.ToArray();

    // The only columns that count; null: all but those that are left out.
    IReadOnlySet<string>? _counted;

    // By row; 0, which no hash is, for those that nobody asked for.
    UInt128[] _known = [];

    /// <summary>The contents that rows would have if their server had joined them.</summary>
    /// <param name="counted">The columns that travel.</param>
    public static RowContents AsJoined(RawRows rows, int threads, IReadOnlySet<string> counted) =>
        new(rows, threads, []) { _counted = counted };

    /// <summary>The content of a row that has these cells, none of them empty, sorted by name.</summary>
    public static UInt128 Of(RawCells cells)
    {
        var text = new CanonicalText();
        for (var cell = 0; cell < cells.Count; cell++)
        {
            text.AppendPart(System.Text.Encoding.UTF8.GetBytes(cells.Names[cell]));
            text.AppendPart(cells.Utf8(cell));
        }

        return Hash(text);
    }

    /// <summary>Hashes many rows at once, so that <see cref="Of(int)"/> knows them.</summary>
    public void Learn(int[] wanted, CancellationToken cancellation)
    {
        if (wanted.Length > 0 && _known.Length == 0)
        {
            _known = new UInt128[rows.Count];
        }

        var contents = Of(wanted, cancellation);
        for (var i = 0; i < wanted.Length; i++)
        {
            _known[wanted[i]] = contents[i];
        }
    }

    /// <summary>The first 128 bits of the content of a row.</summary>
    public UInt128 Of(int row)
    {
        if (KnownOf(row) is { } content)
        {
            return content;
        }

        if (_known.Length > 0 && _known[row] != 0)
        {
            return _known[row];
        }

        var text = new CanonicalText();
        Write(row, text);
        return Hash(text);
    }

    /// <summary>The same of many rows, in their order.</summary>
    public UInt128[] Of(int[] wanted, CancellationToken cancellation)
    {
        if (_known.Length > 0 && Array.TrueForAll(wanted, row => _known[row] != 0))
        {
            return Array.ConvertAll(wanted, row => _known[row]);
        }

        var contents = new UInt128[wanted.Length];
        RowRanges.ForEach(wanted.Length, threads, (from, to) => Hash(wanted.AsSpan(from..to), contents.AsSpan(from..to)), cancellation);
        return contents;
    }

    static UInt128 Hash(CanonicalText text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.Utf8, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    void Hash(ReadOnlySpan<int> wanted, Span<UInt128> contents)
    {
        var (text, batch) = (new CanonicalText(), new Sha256Batch());
        var (ends, places, hashes) = (new int[Sha256Batch.Lanes], new int[Sha256Batch.Lanes], new UInt128[Sha256Batch.Lanes]);
        for (var at = 0; at < wanted.Length;)
        {
            var count = 0;
            text.Clear();
            for (; at < wanted.Length && count < ends.Length; at++)
            {
                if (KnownOf(wanted[at]) is { } known)
                {
                    contents[at] = known;
                    continue;
                }

                Write(wanted[at], text);
                (ends[count], places[count++]) = (text.Utf8.Length, at);
            }

            if (count > 0)
            {
                batch.Hash(text.Utf8, ends.AsSpan(0, count), hashes);
            }

            for (var i = 0; i < count; i++)
            {
                contents[places[i]] = hashes[i];
            }
        }
    }

    UInt128? KnownOf(int row) => _leftOut.Count > 0 || _counted is not null ? null
        : rows.Carried(row) is { } item ? item.Content
        : taken is { } contents ? contents[row] : null;

    void Write(int row, CanonicalText content)
    {
        var table = rows.TableOf(row);
        var rowInTable = rows.RowInTable(row, table);
        foreach (var (name, text, column) in rows.ColumnsByName(table))
        {
            var cell = column.Utf8(rowInTable);
            if (!cell.IsEmpty && (_leftOut.Count == 0 || !_leftOut.Contains(text)) && _counted?.Contains(text) != false)
            {
                content.AppendPart(name);
                content.AppendPart(cell);
            }
        }

        if (_counted is not null || rows.IsJoined(row))
        {
            content.AppendPart(Joined);
        }
    }
}
