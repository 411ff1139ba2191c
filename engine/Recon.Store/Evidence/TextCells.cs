// Texts of a column on their way into a file, without an object for each.
using System.Text;

namespace Recon.Store.Evidence;

/// <summary>UTF-8 becomes letters in a few large arrays, of which the cells are slices.</summary>
sealed class TextCells(int rows)
{
    const int LettersTogether = 1 << 16;

    readonly ReadOnlyMemory<char>?[] _cells = new ReadOnlyMemory<char>?[rows];
    char[] _letters = [];
    int _used;
    int _count;

    public ReadOnlyMemory<ReadOnlyMemory<char>?> Cells => _cells.AsMemory(0, _count);

    public void Add(ReadOnlySpan<byte> utf8)
    {
        if (_used + utf8.Length > _letters.Length)
        {
            (_letters, _used) = (new char[Math.Max(LettersTogether, utf8.Length)], 0);
        }

        var length = Encoding.UTF8.GetChars(utf8, _letters.AsSpan(_used));
        _cells[_count++] = _letters.AsMemory(_used, length);
        _used += length;
    }

    /// <summary>A text that many cells have; null is NULL.</summary>
    public void Add(string? text) => _cells[_count++] = text?.AsMemory();

    public void AddNull() => _cells[_count++] = null;
}
