// Where names are declared in a file that is being written, and where they stand.
namespace Recon.Packs.Editing;

static class Declarations
{
    /// <summary>The ids of the rules of a section, in the order of the file.</summary>
    public static IEnumerable<string> RulesOf(IReadOnlyList<string> lines, string section)
    {
        var isIn = false;
        foreach (var line in lines)
        {
            if (line.Length > 0 && line[0] is not (' ' or '#' or '-'))
            {
                isIn = line.StartsWith($"{section}:", StringComparison.Ordinal);
            }
            else if (isIn && line.IndexOf("id: ", StringComparison.Ordinal) is > 0 and var at && line[at - 1] is ' ' or '{'
                && IdAt(line, line.IndexOf("id: ", StringComparison.Ordinal) + 4) is { Length: > 0 } id)
            {
                yield return id;
            }
        }
    }

    /// <summary>A key of that name (of a source, field or parameter), else a rule with that id; the first in the file.</summary>
    public static (int Line, int Column, int Length)? Find(IReadOnlyList<string> lines, string name)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var at in Places(lines[i], name))
            {
                var behind = lines[i].AsSpan(at + name.Length);
                var before = lines[i].AsSpan(0, at).TrimEnd();
                if ((behind is [':', ..] && before is [] or [.., '{' or ','] or [.., '-']) || before.EndsWith("id:"))
                {
                    return (i, at, name.Length);
                }
            }
        }

        return null;
    }

    public static IReadOnlyList<(int Line, int Column, int Length)> Occurrences(IReadOnlyList<string> lines, string name) =>
        [.. lines.Index().SelectMany(line => Places(line.Item, name).Select(at => (line.Index, at, name.Length)))];

    public static (string Text, int Start)? WordAt(IReadOnlyList<string> lines, int line, int column)
    {
        if (line >= lines.Count || column > lines[line].Length)
        {
            return null;
        }

        var (start, end) = (column, column);
        while (start > 0 && IsWord(lines[line][start - 1]))
        {
            start--;
        }

        while (end < lines[line].Length && IsWord(lines[line][end]))
        {
            end++;
        }

        return (lines[line][start..end], start);
    }

    static string IdAt(string line, int start)
    {
        var end = start;
        while (end < line.Length && IsWord(line[end]))
        {
            end++;
        }

        return line[start..end];
    }

    // Whole words only; comments say what they like.
    static IEnumerable<int> Places(string line, string name)
    {
        var end = line.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? comment : line.Length;
        for (var at = line.IndexOf(name, StringComparison.Ordinal);
            at >= 0 && at + name.Length <= end;
            at = line.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !IsWord(line[at - 1])) && (at + name.Length == line.Length || !IsWord(line[at + name.Length])))
            {
                yield return at;
            }
        }
    }

    static bool IsWord(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '$';
}
