// Finds what is at risk: each record and each difference weighs once.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <summary>
/// What exposure counts of each break. A record that is open or ambiguous on some leg weighs its value once, under the
/// gravest status of the breaks it is open in. Of the records of one event only those of the most trusted source weigh; open
/// records that a pass found together though one source is missing are one event. A match with a difference weighs by the
/// difference, under the most trusted source of its leg, unless the other matches of its event say it already (three sources
/// on three legs: the third difference follows from two). An ambiguous component whose
/// totals can be compared weighs by what one side has more, under that side, and its records weigh nothing for it. A record
/// that is open on one leg and in part on another weighs once. A posting that the books lack weighs its amount. Breaks of a settled class
/// weigh nothing.
/// </summary>
sealed class Weigher(Pack pack, IReadOnlyList<HeldRecord> held, IReadOnlyList<MissingPosting> missing)
{
    readonly TrustOrder _trust = new(pack);
    readonly Counterparties _counterparties = new(pack);
    List<Weight>?[] _weights = [];

    /// <summary>The same breaks, each with what it weighs.</summary>
    /// <param name="breaks">The judged breaks, in the order of <paramref name="subjects"/>, then those of missing postings and of held records.</param>
    public IReadOnlyList<Break> Weighed(
        IReadOnlyList<RecordTable> tables,
        IReadOnlyList<LegView> legs,
        IReadOnlyList<Subject> subjects,
        IReadOnlyList<Break> breaks)
    {
        _weights = new List<Weight>?[breaks.Count];
        var events = new Events(tables, legs);
        AddDifferences(events, legs, subjects, breaks);
        foreach (var view in legs)
        {
            events.JoinPartials(view);
        }

        AddRecords(events, subjects, breaks);
        AddMissing(breaks);
        AddHeld(breaks);
        return [.. breaks.Select((item, i) => _weights[i] is { } weights ? item with { Weighs = weights } : item)];
    }

    /// <summary>Matches that weigh nothing are joined first, then the differences, the gravest first.</summary>
    void AddDifferences(
        Events events,
        IReadOnlyList<LegView> legs,
        IReadOnlyList<Subject> subjects,
        IReadOnlyList<Break> breaks)
    {
        var weighty = Enumerable.Range(0, subjects.Count)
            .Where(i => subjects[i].Kind == BreakKind.Difference)
            .Where(i => breaks[i].Status != Status.Settled && breaks[i].Value.Count > 0)
            .ToList();

        // On a single leg no record stands in two matches, nor in a match and open.
        foreach (var view in legs.Count > 1 ? legs : [])
        {
            events.JoinMatches(view, weighty.Select(i => subjects[i]));
        }

        var gravestFirst = weighty.OrderByDescending(i => breaks[i].Status);
        foreach (var i in gravestFirst.Where(i => subjects[i].Records.Count == 1 || !events.AreJoined(subjects[i])))
        {
            events.Join(subjects[i]);
            var source = subjects[i].View.Leg.Sources.MinBy(_trust.RankOf)!;
            foreach (var money in breaks[i].Value)
            {
                Add(i, new Weight(null, source.Name, money, _counterparties.Of(subjects[i])));
            }
        }
    }

    void AddRecords(
        Events events,
        IReadOnlyList<Subject> subjects,
        IReadOnlyList<Break> breaks)
    {
        for (var i = 0; i < subjects.Count; i++)
        {
            if (subjects[i].Kind == BreakKind.Ambiguous)
            {
                events.Join(subjects[i]);
                AddSurplus(i, subjects[i], breaks[i]);
            }
        }

        var gravest = Gravest(events, subjects, breaks);
        var mostTrusted = new Dictionary<int, int>();
        foreach (var (node, open) in gravest)
        {
            var number = events.Of(node);
            var rank = _trust.RankOf(open.Source);
            mostTrusted[number] = Math.Min(mostTrusted.GetValueOrDefault(number, rank), rank);
        }

        var weighing = gravest.Where(entry => mostTrusted[events.Of(entry.Key)] == _trust.RankOf(entry.Value.Source)).Select(entry => entry.Value);
        foreach (var open in OpenValue.Once(weighing))
        {
            Add(open.At, new Weight(open.Record, open.Record.Source, open.Value, open.Counterparty));
        }
    }

    void AddSurplus(int at, Subject subject, Break item)
    {
        if (item.Status != Status.Settled && Surplus.Of(subject) is { Value.IsZero: false } surplus)
        {
            Add(at, new Weight(null, subject.View.Leg.Names[surplus.Side], surplus.Value, _counterparties.Of(subject)));
        }
    }

    /// <summary>
    /// Open records with a value, by their numbers: the gravest unsettled break they stand in, the first of equals.
    /// </summary>
    Dictionary<int, OpenValue> Gravest(
        Events events, IReadOnlyList<Subject> subjects, IReadOnlyList<Break> breaks)
    {
        var gravest = new Dictionary<int, OpenValue>();
        for (var i = 0; i < subjects.Count; i++)
        {
            if (subjects[i].Kind == BreakKind.Difference || breaks[i].Status == Status.Settled || Surplus.Of(subjects[i]) is not null)
            {
                continue;
            }

            var at = 0;
            for (var side = 0; side < subjects[i].Rows.Count; side++)
            {
                var table = subjects[i].View.Tables[side];
                foreach (var row in subjects[i].Rows[side])
                {
                    var record = breaks[i].Records[at++];
                    var node = events.NodeOf(subjects[i].View, side, row);
                    if (RecordValue.Of(table, row) is { } value
                        && (!gravest.TryGetValue(node, out var other) || breaks[i].Status > other.Break.Status))
                    {
                        gravest[node] = new OpenValue(table.Source, record, value, breaks[i], i, events.WholeOf(table, row), _counterparties.Of(table, row));
                    }
                }
            }
        }

        return gravest;
    }

    void AddMissing(IReadOnlyList<Break> breaks)
    {
        var first = breaks.Count - held.Count - missing.Count;
        for (var i = 0; i < missing.Count; i++)
        {
            if (breaks[first + i] is { Status: not Status.Settled } item)
            {
                Add(first + i, new Weight(item.Records[0], item.Leg[0], missing[i].Value, _counterparties.Unknown));
            }
        }
    }

    void AddHeld(IReadOnlyList<Break> breaks)
    {
        var first = breaks.Count - held.Count;
        for (var i = 0; i < held.Count; i++)
        {
            if (held[i] is { Weighs: true, Value: { } value } && breaks[first + i].Status != Status.Settled)
            {
                Add(first + i, new Weight(held[i].Record, held[i].Record.Source, value, _counterparties.Unknown));
            }
        }
    }

    void Add(int at, Weight weight) => (_weights[at] ??= new(1)).Add(weight);
}
