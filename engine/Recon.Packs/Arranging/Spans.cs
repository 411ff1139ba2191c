// Where the collections and texts of a YAML file stand: what the layout of its lines is told by.
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Recon.Packs.Arranging;

/// <summary>A mapping or list that is written line by line.</summary>
/// <param name="First">Its first line; lines and columns are from 0 here.</param>
/// <param name="Column">Where its keys or dashes stand.</param>
/// <param name="Now">Where they are to stand.</param>
sealed record BlockSpan(int First, int Column, bool IsList, int Now)
{
    /// <summary>The last line on which something of it begins.</summary>
    public int Last { get; set; } = First;

    /// <summary>Where what stands behind a key or dash is indented to, if it needs lines of its own.</summary>
    public int Inside => Now + YamlArranger.Step;
}

/// <summary>A mapping or list within brackets.</summary>
/// <param name="Base">Where its further lines are indented from.</param>
sealed record FlowSpan(int First, int Last, int Base);

/// <summary>A text, from its first character to behind its last.</summary>
/// <param name="Holder">The collection that it stands in.</param>
sealed record TextSpanOf(Scalar Scalar, BlockSpan? Holder)
{
    public int First => (int)Scalar.Start.Line - 1;

    public int Column => (int)Scalar.Start.Column - 1;

    public int Last => (int)Scalar.End.Line - 1;

    public int End => (int)Scalar.End.Column - 1;

    public bool IsBlock => Scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;

    public bool IsNothing => Scalar.Start.Index == Scalar.End.Index;
}

/// <summary>All of them, in the order in which they begin.</summary>
sealed class Spans
{
    readonly List<ParsingEvent> _events = [];
    readonly List<BlockSpan> _blocks = [];
    readonly List<FlowSpan> _flows = [];
    readonly List<TextSpanOf> _texts = [];
    int _at;

    Spans()
    {
    }

    public IReadOnlyList<BlockSpan> Blocks => _blocks;

    public IReadOnlyList<FlowSpan> Flows => _flows;

    public IReadOnlyList<TextSpanOf> Texts => _texts;

    /// <summary>What the text says, without where it says it: equal for texts that mean the same.</summary>
    public IEnumerable<string> Meaning => _events.Select(said => said switch
    {
        Scalar scalar => $"{scalar.Style} {scalar.Value}",
        MappingStart => "{",
        SequenceStart => "[",
        _ => said.GetType().Name,
    });

    /// <exception cref="YamlException">It is no YAML.</exception>
    public static Spans Of(string text)
    {
        var spans = new Spans();
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            spans._events.Add(parser.Current!);
        }

        while (spans._at < spans._events.Count)
        {
            spans.Node(null, now: 0);
        }

        return spans;
    }

    void Node(BlockSpan? holder, int now)
    {
        var said = _events[_at++];
        if (holder is not null && said is NodeEvent)
        {
            holder.Last = (int)said.Start.Line - 1;
        }

        switch (said)
        {
            case Scalar scalar:
                _texts.Add(new TextSpanOf(scalar, holder));
                break;
            case MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow }:
                Flow(said, holder);
                break;
            case MappingStart:
                Mapping(new BlockSpan((int)said.Start.Line - 1, (int)said.Start.Column - 1, IsList: false, now), holder);
                break;
            case SequenceStart:
                List(new BlockSpan((int)said.Start.Line - 1, (int)said.Start.Column - 1, IsList: true, now), holder);
                break;
        }
    }

    void Mapping(BlockSpan block, BlockSpan? holder)
    {
        _blocks.Add(block);
        while (_events[_at] is not MappingEnd)
        {
            Node(block, block.Inside);
            Node(block, block.Inside);
        }

        Close(block, holder);
    }

    void List(BlockSpan block, BlockSpan? holder)
    {
        _blocks.Add(block);
        while (_events[_at] is not SequenceEnd)
        {
            Node(block, block.Inside);
        }

        Close(block, holder);
    }

    void Close(BlockSpan block, BlockSpan? holder)
    {
        _at++;
        if (holder is not null)
        {
            holder.Last = Math.Max(holder.Last, block.Last);
        }
    }

    void Flow(ParsingEvent start, BlockSpan? holder)
    {
        var at = _flows.Count;
        var from = holder is null ? 0 : holder.IsList ? holder.Inside : holder.Now;
        _flows.Add(new FlowSpan((int)start.Start.Line - 1, 0, from));
        while (_events[_at] is not (MappingEnd or SequenceEnd))
        {
            Node(holder, now: 0);
        }

        _flows[at] = _flows[at] with { Last = (int)_events[_at++].End.Line - 1 };
    }
}
