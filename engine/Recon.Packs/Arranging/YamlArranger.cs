// Lays the lines of a YAML file out in one way: what it says and its comments stay.
using System.Text;
using YamlDotNet.Core;

namespace Recon.Packs.Arranging;

/// <summary>
/// Works on lines: each begins where its collection stands, is written with one blank where YAML asks for one, and nothing stands at its end. Texts are
/// taken over letter by letter; a text of several lines moves as a whole. Comments stay beside what they were beside.
/// </summary>
sealed class YamlArranger
{
    /// <summary>Blanks for a level.</summary>
    public const int Step = 2;

    readonly string[] _lines;
    readonly Spans _spans;
    readonly ILookup<int, TextSpanOf> _texts;
    readonly List<string> _arranged = [];

    // Of the lists in brackets around: whether blanks stand within the brackets, as they do around brackets and braces.
    readonly Stack<bool> _lists = [];

    // Of the lines before, from the outside in: where the collections stood and now stand.
    List<BlockSpan> _open = [];

    YamlArranger(string text)
    {
        _lines = text.Split('\n');
        _spans = Spans.Of(text);
        _texts = _spans.Texts.Where(span => !span.IsNothing)
            .SelectMany(span => Enumerable.Range(span.First, span.IsBlock ? 1 : span.Last - span.First + 1).Select(line => (line, span)))
            .ToLookup(each => each.line, each => each.span);
    }

    /// <param name="text">With LF line ends only.</param>
    /// <returns>The same in the one layout; null where it cannot be laid out without changing what it says.</returns>
    public static string? Arrange(string text)
    {
        try
        {
            // A text below | is another one where its last line has no end, and may be none where it has one.
            var before = new YamlArranger(text.EndsWith('\n') ? text : $"{text}\n");
            var arranged = before.Arranged();
            return Spans.Of(arranged).Meaning.SequenceEqual(before._spans.Meaning) ? arranged : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    string Arranged()
    {
        for (var line = 0; line < _lines.Length; line++)
        {
            if (TextThrough(line) is { } text)
            {
                _arranged.Add(Continued(line, text));
            }
            else if (_lines[line].AsSpan().Trim().IsEmpty)
            {
                Blank();
            }
            else
            {
                _arranged.Add(IsComment(line) ? CommentAlone(line) : Structured(line));
                line = BlockText(line);
            }
        }

        return string.Join('\n', _arranged).TrimEnd('\n') + "\n";
    }

    // One blank line parts as well as two.
    void Blank()
    {
        if (_arranged.Count > 0 && _arranged[^1].Length > 0)
        {
            _arranged.Add("");
        }
    }

    bool IsComment(int line) => _lines[line].AsSpan().TrimStart()[0] == '#';

    // A plain or quoted text that began on a line before and goes on here.
    TextSpanOf? TextThrough(int line) => _texts[line].FirstOrDefault(text => text.First < line);

    string Continued(int line, TextSpanOf text)
    {
        var indent = new string(' ', (text.Holder?.Now ?? 0) + Step);
        var start = Indent(_lines[line]);
        return line < text.Last
            ? _lines[line].AsSpan().Trim() is { IsEmpty: false } rest ? $"{indent}{rest}" : ""
            : $"{indent}{Tokens(line, start)}{Comment(line, indent.Length - start)}".TrimEnd();
    }

    string Structured(int line)
    {
        var column = Indent(_lines[line]);
        if (_lines[line].StartsWith("---", StringComparison.Ordinal) || _lines[line][0] == '%')
        {
            return _lines[line].TrimEnd();
        }

        var now = FlowAround(line) ?? BlockAt(line, column)?.Now ?? 0;
        var text = new string(' ', now) + Tokens(line, column);
        return (text + Comment(line, now - column, text.Length)).TrimEnd();
    }

    // Lines of a collection in brackets that began on a line before; a bracket that closes stands where its line began.
    int? FlowAround(int line)
    {
        var around = _spans.Flows.Where(flow => flow.First < line && line <= flow.Last).ToList();
        if (around.Count == 0)
        {
            return null;
        }

        var levels = around.Select(flow => flow.First).Distinct().Count();
        var closes = _lines[line].AsSpan().TrimStart()[0] is '}' or ']' ? 1 : 0;
        return around[0].Base + (Step * (levels - closes));
    }

    BlockSpan? BlockAt(int line, int column)
    {
        var isDash = _lines[line].AsSpan(column).StartsWith("- ") || _lines[line].AsSpan(column).TrimEnd() is "-";
        _open = [.. _spans.Blocks.Where(block => block.First <= line && line <= block.Last)];
        return _open.LastOrDefault(block => block.Column == column && block.IsList == isDash);
    }

    // Beside what stands in its column: what comes, else what came before; so a key that was put into a comment stays where it was.
    string CommentAlone(int line)
    {
        var column = Indent(_lines[line]);
        var next = Enumerable.Range(line + 1, _lines.Length - line - 1)
            .FirstOrDefault(other => !_lines[other].AsSpan().Trim().IsEmpty && !IsComment(other), -1);
        var now = FlowAround(line);
        if (now is null && next >= 0)
        {
            var before = _open.FirstOrDefault(block => block.Column == column);
            var at = BlockAt(next, Indent(_lines[next]));
            now = Indent(_lines[next]) == column || before is null ? at?.Now : before.Now;
        }

        now ??= _open.FirstOrDefault(block => block.Column == column)?.Now ?? 0;
        return new string(' ', now.Value) + _lines[line].Trim();
    }

    string Comment(int line, int moved, int length = 0)
    {
        var start = CommentStart(line);
        return start < 0 ? "" : new string(' ', Math.Max(1, start + moved - length)) + _lines[line][start..].TrimEnd();
    }

    // The first # that begins a word outside of all texts.
    int CommentStart(int line)
    {
        var text = _lines[line];
        for (var i = Indent(text); i < text.Length; i++)
        {
            if (TextAt(line, i) is { } inside)
            {
                i = inside.Last > line || inside.IsBlock ? HeaderEnd(line, i) - 1 : inside.End - 1;
            }
            else if (text[i] == '#' && (i == 0 || text[i - 1] is ' ' or '\t'))
            {
                return i;
            }
        }

        return -1;
    }

    // Of a text that goes on: all of its first line, but of | and > only the sign.
    int HeaderEnd(int line, int start)
    {
        var text = _lines[line];
        return text[start] is not ('|' or '>') || TextAt(line, start)?.IsBlock != true ? text.Length
            : text.AsSpan(start).IndexOfAny(' ', '\t') is >= 0 and var length ? start + length
            : text.Length;
    }

    TextSpanOf? TextAt(int line, int column) => _texts[line].FirstOrDefault(text => text.IsBlock
        ? text.Column <= column && column < BlockHeaderEnd(text)
        : (text.First < line || text.Column <= column) && (line < text.Last || column < text.End));

    int BlockHeaderEnd(TextSpanOf text) =>
        _lines[text.First].AsSpan(text.Column).IndexOfAny(' ', '\t') is >= 0 and var length ? text.Column + length : _lines[text.First].Length;

    // The line without its comment: texts as they are, signs with the blanks they ask for.
    string Tokens(int line, int start)
    {
        var text = _lines[line];
        var end = CommentStart(line) is >= 0 and var comment ? comment : text.Length;
        var written = new StringBuilder();
        var before = '\0';
        for (var i = start; i < end; i++)
        {
            if (text[i] is ' ' or '\t')
            {
                continue;
            }

            if (TextAt(line, i) is { } inside)
            {
                var behind = inside.Last > line || inside.IsBlock ? Math.Min(end, HeaderEnd(line, i)) : Math.Min(end, inside.End);
                Gap(written, before, 'a').Append(text.AsSpan(i, behind - i).TrimEnd());
                (before, i) = ('a', behind - 1);
                continue;
            }

            Gap(written, before, text[i]).Append(text[i]);
            before = text[i];
            if (before == '[')
            {
                _lists.Push(text.AsSpan(i + 1).TrimStart() is ['{' or '[', ..]);
            }
            else if (before == ']')
            {
                _ = _lists.TryPop(out _);
            }
        }

        return written.ToString();
    }

    StringBuilder Gap(StringBuilder written, char before, char now)
    {
        var isApart = (before, now) switch
        {
            ('\0', _) or (_, ':' or ',') or ('{', '}') or ('[', ']') => false,
            ('[', _) or (_, ']') => _lists.TryPeek(out var isSpaced) && isSpaced,
            _ => true,
        };
        return isApart ? written.Append(' ') : written;
    }

    /// <summary>The lines below | and >, moved as a whole.</summary>
    /// <returns>The last of them; the line itself where there is none.</returns>
    int BlockText(int line)
    {
        if (_texts[line].FirstOrDefault(text => text.IsBlock) is not { } block)
        {
            return line;
        }

        var header = _lines[line].AsSpan(block.Column, BlockHeaderEnd(block) - block.Column);
        var given = header.IndexOfAnyInRange('1', '9') is >= 0 and var at ? header[at] - '0' : (int?)null;
        var old = given is { } levels ? (block.Holder?.Column ?? 0) + levels : FirstIndent(line + 1);
        var indent = new string(' ', (block.Holder?.Now ?? 0) + (given ?? Step));
        var last = LastOf(line, old, keepsEnd: header.Contains('+'));
        for (var i = line + 1; i <= last; i++)
        {
            _arranged.Add(_lines[i].Length <= old ? "" : indent + _lines[i][old..]);
        }

        return last;
    }

    int FirstIndent(int line)
    {
        while (line < _lines.Length && _lines[line].AsSpan().Trim(' ').IsEmpty)
        {
            line++;
        }

        return line < _lines.Length ? Indent(_lines[line]) : 0;
    }

    int LastOf(int header, int indent, bool keepsEnd)
    {
        var last = header;
        for (var i = header + 1; i < _lines.Length; i++)
        {
            var isBlank = _lines[i].AsSpan().Trim(' ').IsEmpty;
            if (!isBlank && Indent(_lines[i]) < Math.Max(indent, 1))
            {
                break;
            }

            last = isBlank && !keepsEnd && _lines[i].Length <= indent ? last : i;
        }

        return last;
    }

    static int Indent(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;
}
