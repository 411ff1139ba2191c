// Reads the keys of many rows at once: part by part over the rows, then one hash a row.
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Recon.Matching.Reading;

namespace Recon.Matching.Blocks;

/// <summary>The keys of one side. Each thread has its own.</summary>
/// <remarks>A key is held by 128 bits of its hash under the secret seed of the run: equal hashes mean equal keys.</remarks>
sealed class KeyReader(PassPlan plan, int side)
{
    /// <summary>256 rows at once: their words stay in the first cache.</summary>
    public const int MostRows = 1 << 8;

    readonly KeyWriter[] _parts = [.. plan.Keys(side)];
    readonly int _stride = plan.KeyWords;
    readonly ulong[] _words = new ulong[MostRows * plan.KeyWords];
    readonly long _seed = plan.Seed;

    /// <param name="rows">At most <see cref="MostRows"/>.</param>
    /// <param name="usable">True at first; false afterwards where a row can equal nothing, and then its key means nothing.</param>
    public void Read(ReadOnlySpan<int> rows, Span<UInt128> keys, Span<bool> usable)
    {
        var offset = 0;
        foreach (var part in _parts)
        {
            part.Write(rows, _words.AsSpan(offset), _stride, usable);
            offset += part.Words;
        }

        var bytes = MemoryMarshal.AsBytes<ulong>(_words);
        var length = _stride * sizeof(ulong);
        for (var i = 0; i < rows.Length; i++)
        {
            keys[i] = XxHash128.HashToUInt128(bytes.Slice(i * length, length), _seed);
        }
    }
}
