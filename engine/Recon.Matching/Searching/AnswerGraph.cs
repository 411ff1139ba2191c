// Which answers of a search hang together, and whether they can be had side by side.
using Recon.Matching.Choosing;
using Recon.Model;

namespace Recon.Matching.Searching;

/// <summary>So many records of one bin of a side of the leg.</summary>
readonly record struct Part(int Side, int Bin, int Count);

/// <summary>Answers that share bins, directly or through others.</summary>
/// <param name="Bins">By side, ascending.</param>
/// <param name="Pairs">Bins of the first and the second side that stand together in an answer, or may.</param>
/// <param name="IsUnclear">True where something but the answers themselves forbids to choose.</param>
/// <param name="HasMore">There are more answers than are listed.</param>
/// <param name="Cap">The bound that some search met; null where all answers are known.</param>
sealed record AnswerComponent(
    List<Part[]> Answers, List<int>[] Bins, HashSet<(int First, int Second)> Pairs, bool IsUnclear, bool HasMore, CapCause? Cap);

/// <summary>The answers of a key as a graph over its bins.</summary>
/// <param name="bins">By side of the leg.</param>
sealed class AnswerGraph(RecordBins[] bins)
{
    readonly DisjointSets _sets = new(bins[0].Count + bins[1].Count);
    readonly List<Part[]> _answers = [];
    readonly List<Unknown> _unknown = [];
    readonly HashSet<int[]> _joined = [];

    /// <summary>A bin whose answers are not all known: any of the candidates may stand in one.</summary>
    readonly record struct Unknown(int Side, int Bin, int[] Candidates, bool HasMore, CapCause? Cap);

    /// <param name="answer">Parts of both sides.</param>
    public void Add(Part[] answer)
    {
        _answers.Add(answer);
        foreach (var part in answer)
        {
            _sets.Join(Node(answer[0].Side, answer[0].Bin), Node(part.Side, part.Bin));
        }
    }

    /// <param name="candidates">Bins of the other side; lists that are the same object are looked at once.</param>
    /// <param name="cap">Null where the answers are known, but are not to be chosen from.</param>
    public void AddUnknown(int side, int bin, int[] candidates, bool hasMore, CapCause? cap)
    {
        _unknown.Add(new Unknown(side, bin, candidates, hasMore, cap));
        _sets.Join(Node(side, bin), Node(1 - side, candidates[0]));
        if (_joined.Add(candidates))
        {
            foreach (var candidate in candidates)
            {
                _sets.Join(Node(1 - side, candidates[0]), Node(1 - side, candidate));
            }
        }
    }

    public IEnumerable<AnswerComponent> Components()
    {
        var answers = _answers.ToLookup(answer => _sets.Root(Node(answer[0].Side, answer[0].Bin)));
        var unknown = _unknown.ToLookup(each => _sets.Root(Node(each.Side, each.Bin)));
        return answers.Select(group => group.Key).Union(unknown.Select(group => group.Key))
            .Select(root => Component([.. answers[root]], [.. unknown[root]]));
    }

    /// <summary>
    /// How often each answer is had where all can be had at once, as often as each alone; null where they cannot.
    /// </summary>
    public int[]? SideBySide(AnswerComponent component)
    {
        var times = component.Answers.ConvertAll(answer => answer.Min(part => bins[part.Side].Free(part.Bin) / part.Count)).ToArray();
        var needs = new Dictionary<(int Side, int Bin), long>();
        for (var i = 0; i < times.Length; i++)
        {
            foreach (var part in component.Answers[i])
            {
                var need = needs.GetValueOrDefault((part.Side, part.Bin)) + ((long)times[i] * part.Count);
                if (need > bins[part.Side].Free(part.Bin))
                {
                    return null;
                }

                needs[(part.Side, part.Bin)] = need;
            }
        }

        return times;
    }

    int Node(int side, int bin) => side == 0 ? bin : bins[0].Count + bin;

    static AnswerComponent Component(List<Part[]> answers, List<Unknown> unknown)
    {
        var nodes = new SortedSet<int>[] { [], [] };
        var pairs = new HashSet<(int First, int Second)>();
        foreach (var answer in answers)
        {
            Array.ForEach(answer, part => nodes[part.Side].Add(part.Bin));
            pairs.UnionWith(
                from first in answer
                where first.Side == 0
                from second in answer
                where second.Side == 1
                select (first.Bin, second.Bin));
        }

        var seen = new HashSet<int[]>();
        foreach (var each in unknown)
        {
            nodes[each.Side].Add(each.Bin);
            if (seen.Add(each.Candidates))
            {
                nodes[1 - each.Side].UnionWith(each.Candidates);
            }

            if (each.HasMore)
            {
                pairs.UnionWith(each.Candidates.Select(other => each.Side == 0 ? (each.Bin, other) : (other, each.Bin)));
            }
        }

        var caps = unknown.Where(each => each.Cap is not null).Select(each => each.Cap!.Value).ToList();
        return new AnswerComponent(
            answers, [[.. nodes[0]], [.. nodes[1]]], pairs, unknown.Count > 0, unknown.Exists(each => each.HasMore),
            caps.Count == 0 ? null : caps.Min());
    }
}
