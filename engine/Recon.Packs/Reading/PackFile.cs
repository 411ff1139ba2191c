// The text of a pack file, by lines: what every place in a diagnostic points into.
using Recon.Model;

namespace Recon.Packs.Reading;

/// <summary>Decoded text with LF line ends only.</summary>
sealed class PackFile
{
    readonly string[] _lines;

    public PackFile(string name, string text)
    {
        Name = name;
        Text = text;
        _lines = text.Split('\n');
    }

    public string Name { get; }

    public string Text { get; }

    public int LineCount => _lines.Length;

    /// <summary>The line with this number, from 1, without its end; empty beyond the file.</summary>
    public string Line(int number) => number >= 1 && number <= _lines.Length ? _lines[number - 1] : "";

    /// <summary>A place inside the file, whatever is asked for: lines and columns are brought into range.</summary>
    public Place At(int line, int column, int endColumn)
    {
        var number = Math.Clamp(line, 1, _lines.Length);
        var text = Line(number);
        var start = number == line ? Math.Clamp(column, 1, text.Length + 1) : text.Length + 1;
        return new Place(Name, number, start, Math.Clamp(endColumn, start, text.Length + 1), text);
    }

    public Place Start => At(1, 1, _lines[0].Length + 1);

    /// <summary>The place of the character at an offset of <see cref="Text"/>.</summary>
    public Place AtOffset(int offset)
    {
        var before = Text.AsSpan(0, offset);
        var lineStart = before.LastIndexOf('\n') + 1;
        var column = offset - lineStart + 1;
        return At(before.Count('\n') + 1, column, column + 1);
    }
}
