// The text of a pack file, by lines: what every place in a diagnostic points into.
using Recon.Model;

namespace Recon.Packs.Reading;

/// <summary>Decoded text with LF line ends only.</summary>
sealed class PackFile
{
    readonly string[] _lines;
    readonly HashSet<int> _lost;

    public PackFile(string name, string text)
        : this(name, text, text.Split('\n'), [])
    {
    }

    PackFile(string name, string text, string[] lines, HashSet<int> lost) =>
        (Name, Text, _lines, _lost) = (name, text, lines, lost);

    public string Name { get; }

    /// <summary>What is read; places show the lines of the file itself, also those of <see cref="WithoutCode"/>.</summary>
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

    /// <summary>True where the C# of this line was taken out.</summary>
    public bool HasLostCode(int line) => _lost.Contains(line);

    /// <summary>
    /// The file with one word for the value of a key and the lines below that are indented deeper: what YAML cannot carry
    /// there is passed over, and the rest can be read.
    /// </summary>
    public PackFile WithoutCode(Place key)
    {
        var lines = Text.Split('\n');
        lines[key.Line - 1] = $"{lines[key.Line - 1][..(key.EndColumn - 1)]}: lost";
        for (var i = key.Line; i < lines.Length && IsBelow(lines[i], key.Column); i++)
        {
            lines[i] = "";
        }

        return new PackFile(Name, string.Join('\n', lines), _lines, [.. _lost, key.Line]);
    }

    static bool IsBelow(string line, int column) =>
        string.IsNullOrWhiteSpace(line) || line.Length - line.AsSpan().TrimStart(' ').Length >= column;

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
