// From text to syntax: a bounded loop over events that refuses all of YAML that a policy does not need.
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
    const int MostLostCode = 20;

    readonly PackFile _file;
    readonly Report _report;
    readonly Parser _parser;
    readonly CodePosition _position = new();
    readonly Stack<Place> _open = [];
    int _events;
    bool _stopped;

    // The key of the C# at which the reader stopped, where the rest can be read without it.
    Place? _lostCode;
    ParsingEvent? _current;

    SyntaxReader(PackFile file, Report report)
    {
        _file = file;
        _report = report;
        _parser = new Parser(new StringReader(file.Text));
    }

    /// <summary>The root mapping; null where the file is no YAML that a pack may be.</summary>
    /// <remarks>C# that YAML cannot carry is reported and passed over: the file is read again without it.</remarks>
    public static MapNode? Read(PackFile file, Report report)
    {
        for (var again = 0; ; again++)
        {
            var reader = new SyntaxReader(file, report);
            var root = reader.ReadRoot();
            if (reader._lostCode is not { } key || file.HasLostCode(key.Line) || again == MostLostCode)
            {
                return root;
            }

            file = file.WithoutCode(key);
        }
    }

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
            _report.Add(
                Findings.Directive, _file.At((int)start.Start.Line, 1, int.MaxValue), "delete the line");
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
        if (node.NestingIncrease < 0)
        {
            // YamlDotNet 18.1 gives an empty key without a value: the mapping ends where the value should be.
            _report.Add(Findings.KeyNotText, _position.KeyPlace ?? Place(node), "write one word as the key");
            return new LostNode(Place(node));
        }

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
        Open(start, start.Style == SequenceStyle.Flow);
        Advance();
        _position.Enter("[]");
        while (!_stopped && _current is not SequenceEnd)
        {
            items.Add(ReadNode(level + 1, start.Style == SequenceStyle.Flow));
        }

        _position.Leave();
        Close(start.Style == SequenceStyle.Flow);
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
        Open(start, inFlow);
        Advance();
        while (!_stopped && _current is not MappingEnd)
        {
            if (ReadEntry(level, inFlow) is { } entry)
            {
                AddEntry(entry, entries, ordered);
            }
        }

        Close(inFlow);
        Advance();
        var place = inFlow || ordered.Count == 0 ? Place(start) : ordered[0].Key.Place;
        return new MapNode(ordered, place);
    }

    void Open(ParsingEvent start, bool inFlow)
    {
        if (inFlow)
        {
            _open.Push(Place(start));
        }
    }

    void Close(bool inFlow)
    {
        if (inFlow && !_stopped)
        {
            _open.Pop();
        }
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
        _report.Add(
            Findings.DuplicateKey, entry.Key.Place, $"the first is in line {first.Line}", entry.Key.Text);
    }

    Node ReadScalar(Scalar scalar, bool inFlow)
    {
        var node = new ScalarNode(scalar.Value, FormOf(scalar), Place(scalar));
        var refused = scalar.Value.Length > LongestText;
        if (refused)
        {
            _report.Add(Findings.TextTooLong, node.Place, "shorten it", $"{scalar.Value.Length}");
        }

        if (node.Form == ScalarForm.Quoted && CharacterPolicy.FirstRefused(scalar.Value) is { } character)
        {
            _report.Add(
                Findings.ControlCharacter, node.Place, "an escape in the quotes stands for it",
                CharacterPolicy.CodePoint(character));
            refused = true;
        }

        Node? code = null;
        if (!refused && _position.TakesCode)
        {
            code = CodeCheck.Check(_file, scalar, inFlow, _position, _report);
        }

        Advance();
        return refused ? new LostNode(node.Place) : code ?? node;
    }

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
            var place = Place(node);
            var written = place.LineText[(place.Column - 1)..].Split(' ')[0];
            _report.Add(Findings.Tag, place, "quote the value if the '!' belongs to it", written);
        }
        else
        {
            _report.Add(Findings.Anchor, Place(node), "write the value out", $"&{node.Anchor.Value}");
        }

        return false;
    }

    void RefuseCode(ParsingEvent node, Finding finding, params string[] parts)
    {
        var place = _file.At((int)node.Start.Line, (int)node.Start.Column, int.MaxValue);
        var code = finding == Findings.CodeAsNode ? place.LineText[(place.Column - 1)..] : null;
        // Behind a brace or comma the line belongs to what is around it, too.
        var fix = code is null or [.., '}' or ']' or ','] ? null : OfferedEdits.Block(_position.KeyPlace, place, code);
        _report.Offer(finding, place, CodeCheck.BlockHint(_position, code), fix, parts);
    }

    void Advance()
    {
        if (_stopped)
        {
            return;
        }

        try
        {
            var end = _current?.End ?? Mark.Empty;
            _current = _parser.MoveNext() ? _parser.Current : null;
            if (_current is null)
            {
                StopAt(end, end, "the text ends in the middle");
                return;
            }
        }
        catch (YamlException e)
        {
            StopAt(e.Start, e.End, Sentence(e.Message));
            return;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet 18.1, on plain text in brackets that runs into a key, and on a tag that is no URI.
            var last = _parser.Current?.End ?? Mark.Empty;
            StopAt(
                last, last,
                e is ArgumentException ? "a tag that is none" : "a bracket is open and the next key begins");
            return;
        }

        if (_current is not null && ++_events > MostEvents)
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
            _report.Add(
                Findings.Anchor, Place(alias), "quote the value if the '*' belongs to it",
                $"*{alias.Value.Value}");
        }
    }

    void StopAt(Mark start, Mark end, string sentence)
    {
        var place = _file.At((int)start.Line, (int)start.Column, (int)Math.Max(end.Column, start.Column + 1));
        if (_position.LastKeyTakesCode(place))
        {
            _report.Withdraw(Findings.CodeQuoted, _file.Name, place.Line);
            var code = _position.TextBehindKey(place.Line);
            var whole = _file.At(place.Line, place.Column, int.MaxValue);
            _report.Offer(
                Findings.CodeIsNoYaml, whole, CodeCheck.BlockHint(_position, code),
                _position.LastKeyIsCode ? OfferedEdits.Block(_position.KeyPlace, whole, code) : null, _position.LastKey);
            _lostCode = _position.LastKeyIsCode && _open.Count == 0 ? _position.KeyPlace : null;
        }
        else
        {
            var remedy = _open.TryPeek(out var bracket)
                ? $"is the bracket of line {bracket.Line}, column {bracket.Column} closed?"
                : "is it indented like its neighbours? values with ': ' or a leading sign need quotes";
            _report.Add(Findings.BadYaml, place, remedy, sentence);
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
