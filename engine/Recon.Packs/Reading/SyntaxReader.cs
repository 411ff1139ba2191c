// From text to syntax: a loop over the parser's events, bounded, that refuses all of YAML that a policy does not need.
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Recon.Packs.Reading;

/// <remarks>Events only: the library's representation model dies of 100,000 levels of nesting.</remarks>
sealed class SyntaxReader
{
    const int MostLevels = 16;
    const int MostEvents = 20_000;
    const int LongestText = 8 * 1024;

    readonly PackFile _file;
    readonly Report _report;
    readonly Parser _parser;
    readonly CodePosition _position = new();
    int _events;
    bool _stopped;
    ParsingEvent? _current;

    SyntaxReader(PackFile file, Report report)
    {
        _file = file;
        _report = report;
        _parser = new Parser(new StringReader(file.Text));
    }

    /// <summary>The root mapping; null where the file is no YAML that a pack may be.</summary>
    public static MapNode? Read(PackFile file, Report report) => new SyntaxReader(file, report).ReadRoot();

    MapNode? ReadRoot()
    {
        Advance();
        Advance();
        if (_current is not DocumentStart start)
        {
            if (!_stopped)
            {
                _report.Add(Findings.EmptyFile, _file.Start, "a pack begins with 'recon: 1'");
            }

            return null;
        }

        RefuseDirectives(start);
        Advance();
        var root = ReadNode(0, inFlow: false);
        Advance();
        if (_current is DocumentStart second)
        {
            _report.Add(Findings.SecondDocument, Place(second), "one file, one pack");
        }

        return _stopped ? null : AsRoot(root);
    }

    MapNode? AsRoot(Node root)
    {
        if (root is MapNode map)
        {
            return map;
        }

        var finding = root is ScalarNode { IsNull: true } ? Findings.EmptyFile : Findings.RootNotMapping;
        _report.Add(finding, root.Place, "a pack begins with 'recon: 1'");
        return null;
    }

    void RefuseDirectives(DocumentStart start)
    {
        if (start.Version is not null || (start.Tags?.Any(tag => tag.Start.Index != tag.End.Index) ?? false))
        {
            _report.Add(Findings.Directive, _file.At((int)start.Start.Line, 1, int.MaxValue), "delete the line");
        }
    }

    /// <summary>Reads the node that begins at the current event and stands behind its last one.</summary>
    Node ReadNode(int level, bool inFlow)
    {
        if (_stopped || _current is null)
        {
            return new LostNode(_file.Start);
        }

        if (level > MostLevels)
        {
            Stop(Findings.TooDeep, "no pack needs it");
            return new LostNode(_file.Start);
        }

        var node = _current;
        if (node is NodeEvent properties && RefuseProperties(properties))
        {
            return Lose(node);
        }

        return node switch
        {
            SequenceStart list => ReadList(list, level),
            MappingStart map => ReadMap(map, level),
            Scalar scalar => ReadScalar(scalar, inFlow),
            _ => Lose(node),
        };
    }

    /// <summary>Passes over a node that was refused.</summary>
    LostNode Lose(ParsingEvent start)
    {
        var place = Place(start);
        var depth = 0;
        do
        {
            depth += _current?.NestingIncrease ?? 0;
            Advance();
        }
        while (!_stopped && depth > 0);

        return new LostNode(place);
    }

    Node ReadList(SequenceStart start, int level)
    {
        if (_position.TakesCode)
        {
            RefuseCode(start, Findings.CodeInFlow);
            return Lose(start);
        }

        var items = new List<Node>();
        Advance();
        _position.Enter("[]");
        while (!_stopped && _current is not SequenceEnd)
        {
            items.Add(ReadNode(level + 1, start.Style == SequenceStyle.Flow));
        }

        _position.Leave();
        Advance();
        return new ListNode(items, Place(start));
    }

    Node ReadMap(MappingStart start, int level)
    {
        var inFlow = start.Style == MappingStyle.Flow;
        if ((_position.TakesCode && !(_position.MayBeLong && !inFlow)) || (_position.IsDerive && inFlow))
        {
            RefuseCode(start, Findings.CodeInFlow);
            return Lose(start);
        }

        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var ordered = new List<Entry>();
        Advance();
        while (!_stopped && _current is not MappingEnd)
        {
            if (ReadEntry(level, inFlow) is { } entry)
            {
                AddEntry(entry, entries, ordered);
            }
        }

        Advance();
        var place = inFlow || ordered.Count == 0 ? Place(start) : ordered[0].Key.Place;
        return new MapNode(ordered, place);
    }

    Entry? ReadEntry(int level, bool inFlow)
    {
        if (_current is not Scalar key)
        {
            _report.Add(Findings.KeyNotText, Place(_current!), "write one word as the key");
            Lose(_current!);
            ReadNode(level + 1, inFlow);
            return null;
        }

        RefuseProperties(key);
        var keyNode = new ScalarNode(key.Value, FormOf(key), Place(key));
        if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
        {
            _report.Add(Findings.MergeKey, keyNode.Place, "write the keys out");
        }

        _position.Enter(key.Value);
        _position.KeyPlace = keyNode.Place;
        Advance();
        var value = ReadNode(level + 1, inFlow);
        _position.Leave();
        return key.Value == "<<" ? null : new Entry(keyNode, value);
    }

    void AddEntry(Entry entry, Dictionary<string, Entry> entries, List<Entry> ordered)
    {
        if (entries.TryAdd(entry.Key.Text, entry))
        {
            ordered.Add(entry);
            return;
        }

        var first = entries[entry.Key.Text].Key.Place;
        _report.Add(Findings.DuplicateKey, entry.Key.Place, $"the first is in line {first.Line}", entry.Key.Text);
    }

    Node ReadScalar(Scalar scalar, bool inFlow)
    {
        var node = new ScalarNode(scalar.Value, FormOf(scalar), Place(scalar));
        var refused = scalar.Value.Length > LongestText;
        if (refused)
        {
            _report.Add(Findings.TextTooLong, node.Place, "shorten it", $"{scalar.Value.Length}");
        }

        foreach (var c in node.Form == ScalarForm.Quoted ? scalar.Value : "")
        {
            if (CharacterPolicy.Refused(c) is { } finding || char.IsSurrogate(c) && !IsWellFormed(scalar.Value))
            {
                _report.Add(Findings.ControlCharacter, node.Place, "an escape in the quotes stands for it", CharacterPolicy.CodePoint(c));
                refused = true;
                break;
            }
        }

        Node? code = null;
        if (!refused && _position.TakesCode)
        {
            code = CodeCheck.Check(_file, scalar, inFlow, _position, _report);
        }

        Advance();
        return refused ? new LostNode(node.Place) : code ?? node;
    }

    static bool IsWellFormed(string text) =>
        !text.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar) || text.Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>Anchors, aliases and tags. True where the node cannot be used.</summary>
    bool RefuseProperties(NodeEvent node)
    {
        var tagged = !node.Tag.IsEmpty && !node.Tag.IsNonSpecific;
        if (node.Anchor.IsEmpty && !tagged)
        {
            return false;
        }

        if (_position.TakesCode)
        {
            RefuseCode(node, Findings.CodeAsNode, tagged ? node.Tag.Value : $"&{node.Anchor.Value}");
            return true;
        }

        if (tagged)
        {
            _report.Add(Findings.Tag, Place(node), "quote the value if the '!' belongs to it", node.Tag.Value);
        }
        else
        {
            _report.Add(Findings.Anchor, Place(node), "write the value out", $"&{node.Anchor.Value}");
        }

        return false;
    }

    void RefuseCode(ParsingEvent node, Finding finding, params string[] parts)
    {
        _report.Add(finding, _file.At((int)node.Start.Line, (int)node.Start.Column, int.MaxValue), CodeCheck.BlockHint(_position, null), parts);
    }

    void Advance()
    {
        if (_stopped)
        {
            return;
        }

        try
        {
            _current = _parser.MoveNext() ? _parser.Current : null;
        }
        catch (YamlException e)
        {
            StopAt(e);
            return;
        }

        if (++_events > MostEvents)
        {
            Stop(Findings.TooMuch, "split the pack");
        }

        if (_current is AnchorAlias alias)
        {
            RefuseAlias(alias);
        }
    }

    void RefuseAlias(AnchorAlias alias)
    {
        if (_position.TakesCode)
        {
            RefuseCode(alias, Findings.CodeAsNode, $"*{alias.Value.Value}");
        }
        else
        {
            _report.Add(Findings.Anchor, Place(alias), "quote the value if the '*' belongs to it", $"*{alias.Value.Value}");
        }
    }

    void StopAt(YamlException e)
    {
        var place = _file.At((int)e.Start.Line, (int)e.Start.Column, (int)Math.Max(e.End.Column, e.Start.Column + 1));
        if (_position.LastKeyTakesCode(place))
        {
            _report.Add(
                Findings.CodeIsNoYaml, _file.At(place.Line, place.Column, int.MaxValue),
                CodeCheck.BlockHint(_position, null), _position.LastKey);
        }
        else
        {
            _report.Add(Findings.BadYaml, place, "values with ': ', ' #' or a leading sign need quotes", Sentence(e.Message));
        }

        _stopped = true;
        _current = null;
    }

    /// <summary>The library's message without its own place.</summary>
    static string Sentence(string message)
    {
        var colon = message.IndexOf("): ", StringComparison.Ordinal);
        var bare = (message.StartsWith('(') && colon > 0 ? message[(colon + 3)..] : message).TrimEnd('.');
        return bare.Length == 0 ? bare : char.ToLowerInvariant(bare[0]) + bare[1..];
    }

    void Stop(Finding finding, string hint)
    {
        _report.Add(finding, _current is null ? _file.Start : Place(_current), hint);
        _stopped = true;
        _current = null;
    }

    static ScalarForm FormOf(Scalar scalar) => scalar.Style switch
    {
        ScalarStyle.Literal => ScalarForm.Literal,
        ScalarStyle.Folded => ScalarForm.Folded,
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => ScalarForm.Quoted,
        _ => ScalarForm.Plain,
    };

    Place Place(ParsingEvent node)
    {
        var (start, end) = (node.Start, node.End);
        var endColumn = end.Line == start.Line ? Math.Max(end.Column, start.Column + 1) : int.MaxValue;
        return _file.At((int)start.Line, (int)start.Column, (int)endColumn);
    }
}
