// What changed rules would do otherwise on the same data: record by record, match by match, posting by posting.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Planning;

/// <summary>A record whose outcome differs.</summary>
/// <param name="Base">Null where only the changed rules have it on this leg.</param>
/// <param name="Head">Null where only the rules before have it on this leg.</param>
public sealed record MovedRecord(string Leg, RecordId Record, RecordOutcome? Base, RecordOutcome? Head)
{
    public bool IsLost => Base is { IsMatched: true } && Head is not { IsMatched: true };

    public bool IsGained => Base is not { IsMatched: true } && Head is { IsMatched: true };
}

/// <summary>A posting that one side makes and the other does not, or makes otherwise.</summary>
public sealed record MovedPosting(string Key, Posting? Base, Posting? Head)
{
    /// <summary>The engine would post it, and did not before.</summary>
    public bool IsAdded => Head is { State: PostingState.Queued }
        && !(Base is { State: PostingState.Queued } && Base.Effect == Head.Effect);

    /// <summary>The engine would not post it any more.</summary>
    public bool IsGone => Base is { State: PostingState.Queued } && Head is not { State: PostingState.Queued };
}

/// <summary>Two results of the same inputs, opening state and business date under two versions of a pack.</summary>
public sealed class PlanDifference
{
    PlanDifference(RunRecord before, RunRecord after)
    {
        (Base, Head) = (before, after);
        (Moved, MatchesLost) = MovedOf(before, after);
        Postings = PostingsOf(before.Posts, after.Posts);
        BreaksGone = BreaksBeside(before, after);
        BreaksNew = BreaksBeside(after, before);
    }

    public RunRecord Base { get; }

    public RunRecord Head { get; }

    /// <summary>In the order of (leg as the passes have them, source, id).</summary>
    public IReadOnlyList<MovedRecord> Moved { get; }

    /// <summary>Matches under the rules before of which a record would be open.</summary>
    public int MatchesLost { get; }

    /// <summary>In the order of the head's postings, then of the base's.</summary>
    public IReadOnlyList<MovedPosting> Postings { get; }

    /// <summary>Breaks that only the rules before have.</summary>
    public IReadOnlyList<Break> BreaksGone { get; }

    public IReadOnlyList<Break> BreaksNew { get; }

    /// <summary>True where no record, break or posting is otherwise.</summary>
    public bool IsNothing => Moved.Count == 0 && Postings.Count == 0 && BreaksGone.Count == 0 && BreaksNew.Count == 0;

    public static PlanDifference Of(RunRecord before, RunRecord after) => new(before, after);

    static (List<MovedRecord> Moved, int MatchesLost) MovedOf(RunRecord before, RunRecord after)
    {
        var (earlier, later) = (RecordOutcome.AllOf(before), RecordOutcome.AllOf(after));
        var lost = earlier.Where(entry => entry.Value.IsMatched && !(later.GetValueOrDefault(entry.Key)?.IsMatched ?? false))
            .SelectMany(entry => entry.Value.Event.Split(' ')).Distinct(StringComparer.Ordinal).Count();
        var moved = earlier.Where(entry => !entry.Value.IsSameAs(later.GetValueOrDefault(entry.Key)))
            .Select(entry => new MovedRecord(entry.Key.Leg, entry.Key.Record, entry.Value, later.GetValueOrDefault(entry.Key)))
            .Concat(later.Where(entry => !earlier.ContainsKey(entry.Key))
                .Select(entry => new MovedRecord(entry.Key.Leg, entry.Key.Record, null, entry.Value)));
        var legs = after.Passes.Concat(before.Passes).Select(pass => RecordOutcome.LegOf(pass.Leg)).Distinct().ToList();
        var sources = after.Sources.Concat(before.Sources).Select(source => source.Name).Distinct().ToList();
        return ([.. moved.OrderBy(record => legs.IndexOf(record.Leg)).ThenBy(record => sources.IndexOf(record.Record.Source))
            .ThenBy(record => record.Record)], lost);
    }

    static List<MovedPosting> PostingsOf(IReadOnlyList<Posting> before, IReadOnlyList<Posting> after)
    {
        List<Posting> earlier = [.. before.DistinctBy(posting => posting.Key)];
        List<Posting> later = [.. after.DistinctBy(posting => posting.Key)];
        var (earlierOf, laterOf) = (ByKey(earlier), ByKey(later));
        return
        [
            .. later.Select(posting => new MovedPosting(posting.Key, earlierOf.GetValueOrDefault(posting.Key), posting))
                .Where(pair => pair.Base is null || (pair.Base.Effect, pair.Base.State) != (pair.Head!.Effect, pair.Head.State)),
            .. earlier.Where(posting => !laterOf.ContainsKey(posting.Key)).Select(posting => new MovedPosting(posting.Key, posting, null)),
        ];
    }

    static Dictionary<string, Posting> ByKey(List<Posting> postings) => postings.ToDictionary(posting => posting.Key, StringComparer.Ordinal);

    // What the rules take as settled is no break to anybody; one of another class is another.
    static List<Break> BreaksBeside(RunRecord one, RunRecord other)
    {
        var known = other.Breaks.Where(item => !item.IsSettled).Select(item => (item.Id, item.Class, item.Tier)).ToHashSet();
        return [.. one.Breaks.Where(item => !item.IsSettled && !known.Contains((item.Id, item.Class, item.Tier)))];
    }
}
