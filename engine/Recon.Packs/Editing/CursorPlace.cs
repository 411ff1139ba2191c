// Where a cursor stands in a file that is being written: told by its lines, since such a file is rarely whole.
using System.Buffers;

namespace Recon.Packs.Editing;

/// <summary>The keys from the root to the cursor, as far as its lines tell.</summary>
/// <param name="Path">Keys, and <c>[]</c> for an item of a list.</param>
/// <param name="IsValue">The cursor stands behind the last key of the path; else where a key is to stand in it.</param>
/// <param name="Typed">What is before the cursor of the word that is being written.</param>
/// <param name="Receiver">In C#, the name before the dot that the word stands behind; null for none.</param>
/// <param name="IsInBlock">It stands below a key that ends with | or >.</param>
sealed record CursorPlace(IReadOnlyList<string> Path, bool IsValue, string Typed, string? Receiver, bool IsInBlock)
{
    public const string Item = "[]";

    static readonly SearchValues<char> NotInKeys = SearchValues.Create("{}[]\"'# ");

    /// <param name="line">From 0, as is the column.</param>
    public static CursorPlace Of(IReadOnlyList<string> lines, int line, int column)
    {
        var text = line < lines.Count ? lines[line][..Math.Min(column, lines[line].Length)] : "";
        var start = text.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-' or '$'))
        {
            start--;
        }

        var typed = text[start..];
        var receiver = start > 0 && text[start - 1] == '.' ? NameBefore(text, start - 1) : null;
        if (BlockAround(lines, line) is { } block)
        {
            var path = Above(lines, block, Indent(lines[block]));
            return new CursorPlace([.. path, .. KeysOf(lines[block])], true, typed, receiver, IsInBlock: true);
        }

        var indent = text.AsSpan().Trim().IsEmpty ? text.Length : Indent(text);
        return WithinLine(Above(lines, line, indent), text[..start].TrimStart(' ')) with { Typed = typed, Receiver = receiver };
    }

    // The keys of the lines above that enclose this one; a line below "- key:" belongs to the item of the dash.
    static List<string> Above(IReadOnlyList<string> lines, int line, int indent)
    {
        var keys = new List<string>();
        var within = indent;
        for (var i = line - 1; i >= 0 && within > 0; i--)
        {
            var at = Indent(lines[i]);
            var trimmed = lines[i].AsSpan(at);
            if (trimmed.IsEmpty || trimmed[0] == '#' || at >= within)
            {
                continue;
            }

            var isDash = trimmed.StartsWith("- ");
            var inner = isDash ? at + 2 : at;
            if (isDash && inner == within)
            {
                // The list may stand in the column of its key; what else stands there with a dash is another item.
                keys.Insert(0, Item);
                within = at + 1;
                continue;
            }

            if (isDash && inner > within)
            {
                continue;
            }

            if (inner < within && KeyOf(isDash ? trimmed[2..].TrimStart() : trimmed) is { } key)
            {
                keys.Insert(0, key);
                if (isDash)
                {
                    keys.Insert(0, Item);
                }
            }

            within = at;
        }

        return keys;
    }

    // Keys and brackets of the line itself, up to the word that is being written.
    static CursorPlace WithinLine(List<string> path, string text)
    {
        while (text.StartsWith("- ", StringComparison.Ordinal) || text == "-")
        {
            path.Add(Item);
            text = text.Length > 2 ? text[2..].TrimStart() : "";
        }

        var open = new Stack<int>();
        var word = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' or '\'':
                    i = text.IndexOf(text[i], i + 1) is >= 0 and var end ? end : text.Length;
                    break;
                case ':' when i + 1 == text.Length || text[i + 1] == ' ':
                    path.Add(text[word..i].Trim());
                    word = i + 1;
                    break;
                case '{' or '[':
                    open.Push(path.Count);
                    if (text[i] == '[')
                    {
                        path.Add(Item);
                        open.Push(open.Pop() + 1);
                    }

                    word = i + 1;
                    break;
                case ',' when open.TryPeek(out var depth):
                    path.RemoveRange(depth, path.Count - depth);
                    word = i + 1;
                    break;
                case '}' or ']' when open.TryPop(out var before):
                    path.RemoveRange(Math.Max(0, before - 1), path.Count - Math.Max(0, before - 1));
                    word = i + 1;
                    break;
            }
        }

        var isValue = path.Count > 0 && path[^1] != Item && (open.Count == 0 || path.Count > open.Peek()) && text.TrimEnd().EndsWith(':');
        return new CursorPlace(path, isValue || (path.Count > 0 && path[^1] == Item && text.Length > 0), "", null, IsInBlock: false);
    }

    static int? BlockAround(IReadOnlyList<string> lines, int line)
    {
        var within = line < lines.Count && !lines[line].AsSpan().Trim().IsEmpty ? Indent(lines[line]) : int.MaxValue;
        for (var i = line - 1; i >= 0; i--)
        {
            if (lines[i].AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            var at = Indent(lines[i]);
            if (at < within)
            {
                if (lines[i].AsSpan().TrimEnd() is [.., '|' or '>'])
                {
                    return i;
                }

                within = at;
                if (KeyOf(lines[i].AsSpan(at)) is not null || lines[i].AsSpan(at).StartsWith("- "))
                {
                    return null;
                }
            }
        }

        return null;
    }

    static IEnumerable<string> KeysOf(string line)
    {
        var text = line.TrimStart();
        if (text.StartsWith("- ", StringComparison.Ordinal))
        {
            yield return Item;
            text = text[2..].TrimStart();
        }

        if (KeyOf(text) is { } key)
        {
            yield return key;
        }
    }

    static string? KeyOf(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && (colon + 1 == text.Length || text[colon + 1] == ' ') && !text[..colon].ContainsAny(NotInKeys)
            ? text[..colon].ToString()
            : null;
    }

    static string? NameBefore(string text, int end)
    {
        var start = end;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] == '_'))
        {
            start--;
        }

        return start == end ? null : text[start..end];
    }

    static int Indent(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;
}
