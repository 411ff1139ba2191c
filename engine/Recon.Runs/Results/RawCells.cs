// The raw cells of an open item, small enough to hold a hundred thousand of them.
using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using Recon.Model;

namespace Recon.Runs.Results;

/// <summary>Texts by column name in the order they were given in, as UTF-8 end to end. Immutable.</summary>
[CollectionBuilder(typeof(RawCells), nameof(Of))]
public sealed class RawCells : IReadOnlyList<KeyValuePair<string, string>>
{
    readonly byte[] _utf8;
    readonly int[] _ends;

    /// <param name="names">Many rows may share one list.</param>
    /// <param name="utf8">The cells, one after the other.</param>
    /// <param name="ends">Where each of them ends.</param>
    public RawCells(IReadOnlyList<string> names, byte[] utf8, int[] ends)
    {
        Require.That(names.Count == ends.Length && (ends.Length == 0 ? 0 : ends[^1]) == utf8.Length);
        Names = names;
        _utf8 = utf8;
        _ends = ends;
    }

    public IReadOnlyList<string> Names { get; }

    public int Count => _ends.Length;

    public KeyValuePair<string, string> this[int index] => new(Names[index], Encoding.UTF8.GetString(Utf8(index)));

    public ReadOnlySpan<byte> Utf8(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _utf8.AsSpan(start, _ends[index] - start);
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static RawCells Of(ReadOnlySpan<KeyValuePair<string, string>> cells)
    {
        var names = new string[cells.Length];
        var ends = new int[cells.Length];
        using var utf8 = new EvidenceBuffer(64);
        for (var i = 0; i < cells.Length; i++)
        {
            names[i] = cells[i].Key;
            ends[i] = utf8.Bytes(Encoding.UTF8.GetBytes(cells[i].Value)).Length;
        }

        return new RawCells(names, utf8.Written.ToArray(), ends);
    }
}
