// What an answer was, whatever the order in which the server gave its rows.
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;

namespace Recon.Sources.Databases;

/// <summary>
/// SHA-256 over the names of the columns and the sorted hashes of the rows, 128 bits of SHA-256 each: a server owes nobody an order, and
/// the same rows are the same input. Two answers of different rows are told apart as surely as two files are.
/// </summary>
sealed class AnswerHash
{
    readonly ConcurrentDictionary<int, UInt128[]> _blocks = new();

    /// <summary>Hashes the rows of a block; any number of threads may do so at once.</summary>
    public void Take(int number, RawTable rows)
    {
        var hashes = new UInt128[rows.Count];
        var batch = new Sha256Batch();
        var messages = new byte[4096];
        Span<int> ends = stackalloc int[Sha256Batch.Lanes];
        for (var first = 0; first < rows.Count; first += Sha256Batch.Lanes)
        {
            var (lanes, used) = (Math.Min(Sha256Batch.Lanes, rows.Count - first), 0);
            for (var lane = 0; lane < lanes; lane++)
            {
                ends[lane] = used = Write(rows, first + lane, ref messages, used);
            }

            batch.Hash(messages.AsSpan(0, used), ends[..lanes], hashes.AsSpan(first, lanes));
        }

        _blocks[number] = hashes;
    }

    /// <summary>The hash of all that was taken, in lower-case hex.</summary>
    public string Hex(IReadOnlyList<string> columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[16];
        foreach (var column in columns)
        {
            var name = Encoding.UTF8.GetBytes(column);
            BinaryPrimitives.WriteInt32BigEndian(number, name.Length);
            hash.AppendData(number[..sizeof(int)]);
            hash.AppendData(name);
        }

        foreach (var row in Sorted())
        {
            BinaryPrimitives.WriteUInt128BigEndian(number, row);
            hash.AppendData(number);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    UInt128[] Sorted()
    {
        var all = new UInt128[_blocks.Values.Sum(block => block.Length)];
        var start = 0;
        foreach (var block in _blocks.Values)
        {
            block.CopyTo(all, start);
            start += block.Length;
        }

        Array.Sort(all);
        return all;
    }

    // Each cell behind its length.
    static int Write(RawTable rows, int row, ref byte[] messages, int used)
    {
        foreach (var column in rows.Columns)
        {
            var cell = column.Utf8(row);
            while (used + sizeof(int) + cell.Length > messages.Length)
            {
                Array.Resize(ref messages, messages.Length * 2);
            }

            BinaryPrimitives.WriteInt32BigEndian(messages.AsSpan(used), cell.Length);
            cell.CopyTo(messages.AsSpan(used + sizeof(int)));
            used += sizeof(int) + cell.Length;
        }

        return used;
    }
}
