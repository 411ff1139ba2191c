// Adds up what is at risk, each record and each difference once.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <summary>
/// Exposure by currency, source, class and age. A record that is open or ambiguous on some leg weighs its value once,
/// under the gravest status of the breaks it is open in. Of the records of one event only those of the most trusted
/// source weigh; open records that a pass found together though one source is missing are one event. A match with a
/// difference weighs by the difference, under the most trusted source of its leg, unless the other matches of its event
/// say it already (three sources on three legs: the third difference follows from two). An ambiguous component whose
/// totals can be compared weighs by what one side has more, under that side, and its records weigh nothing for it. A record
/// that is open on one leg and in part on another weighs once. Breaks of a settled class weigh nothing.
/// </summary>
sealed class ExposureTable(Pack pack, DateOnly businessDate, IReadOnlyList<HeldRecord> held)
{
    // Those of the pack in its order, then those of held records that it does not have.
    readonly IReadOnlyList<string> _sources =
    [
        .. pack.Sources.Select(source => source.Name)
            .Concat(held.Select(record => record.Record.Source).Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal),
    ];


    readonly TrustOrder _trust = new(pack);
    readonly Dictionary<Place, Sums> _sums = [];

    /// <summary>Sorted by (currency, source in the order of the pack, class in the order of the pack, age).</summary>
    /// <param name="breaks">The judged breaks, in the order of <paramref name="subjects"/>, then those of held records.</param>
    public IReadOnlyList<Exposure> Of(
        IReadOnlyList<RecordTable> tables,
        IReadOnlyList<LegView> legs,
        IReadOnlyList<Subject> subjects,
        IReadOnlyList<Break> breaks)
    {
        var events = new Events(tables, legs);
        AddDifferences(events, legs, subjects, breaks);
        foreach (var view in legs)
        {
            events.JoinPartials(view);
        }

        AddRecords(events, subjects, breaks);
        AddHeld(breaks);
        var classOrder = pack.Classes
            .ToDictionary(rule => rule.Id, rule => rule.Index, StringComparer.Ordinal);
        return
        [
            .. _sums
                .OrderBy(entry => entry.Key.Currency)
                .ThenBy(entry => entry.Key.Source)
                .ThenBy(entry => classOrder[entry.Key.Class])
                .ThenBy(entry => entry.Key.Age)
                .Select(entry => RowOf(entry.Key, entry.Value)),
        ];
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
        foreach (var i in gravestFirst.Where(i => !events.AreJoined(subjects[i])))
        {
            events.Join(subjects[i]);
            var source = subjects[i].View.Leg.Sources.MinBy(_trust.RankOf)!;
            foreach (var money in breaks[i].Value)
            {
                Add(money, source, breaks[i]);
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
                AddSurplus(subjects[i], breaks[i]);
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
            Add(open.Value, open.Source, open.Break);
        }
    }

    void AddSurplus(Subject subject, Break item)
    {
        if (item.Status != Status.Settled && Surplus.Of(subject) is { Value.IsZero: false } surplus)
        {
            Add(surplus.Value, subject.View.Leg.Sources[surplus.Side], item);
        }
    }

    /// <summary>
    /// Open records with a value, by their numbers: the gravest unsettled break they stand in, the first of equals.
    /// </summary>
    static Dictionary<int, OpenValue> Gravest(
        Events events, IReadOnlyList<Subject> subjects, IReadOnlyList<Break> breaks)
    {
        var gravest = new Dictionary<int, OpenValue>();
        for (var i = 0; i < subjects.Count; i++)
        {
            if (subjects[i].Kind == BreakKind.Difference || breaks[i].Status == Status.Settled || Surplus.Of(subjects[i]) is not null)
            {
                continue;
            }

            for (var side = 0; side < subjects[i].Rows.Count; side++)
            {
                var table = subjects[i].View.Tables[side];
                foreach (var row in subjects[i].Rows[side])
                {
                    var node = events.NodeOf(subjects[i].View, side, row);
                    if (RecordValue.Of(table, row) is { } value
                        && (!gravest.TryGetValue(node, out var other) || breaks[i].Status > other.Break.Status))
                    {
                        gravest[node] = new OpenValue(table.Source, value, breaks[i], events.WholeOf(table, row));
                    }
                }
            }
        }

        return gravest;
    }

    void AddHeld(IReadOnlyList<Break> breaks)
    {
        for (var i = 0; i < held.Count; i++)
        {
            var item = breaks[breaks.Count - held.Count + i];
            if (held[i] is { Weighs: true, Value: { } value } && item.Status != Status.Settled)
            {
                Add(value, held[i].Record.Source, item);
            }
        }
    }

    void Add(Money money, SourceSpec source, Break item) => Add(money, source.Name, item);

    void Add(Money money, string source, Break item)
    {
        var age = AgeBucket.Of(item.DatedFrom, businessDate);
        var place = new Place(money.CurrencyCode, SourceOrder(source), item.Class, age);
        if (!_sums.TryGetValue(place, out var sums))
        {
            _sums.Add(place, sums = new Sums(item.Status));
        }

        sums.Add(money.Number);
    }

    int SourceOrder(string name)
    {
        var index = 0;
        while (_sources[index] != name)
        {
            index++;
        }

        return index;
    }

    Exposure RowOf(Place place, Sums sums) => new(
        place.Currency,
        _sources[place.Source],
        place.Class,
        sums.Status,
        AgeBucket.Names[place.Age],
        sums.Net,
        sums.Absolute,
        sums.Count);

    readonly record struct Place(Currency Currency, int Source, string Class, int Age);

    sealed class Sums(Status status)
    {
        public Status Status => status;

        readonly ExactSum _net = new();
        readonly ExactSum _absolute = new();

        public ExactTotal Net => _net.Total;

        public ExactTotal Absolute => _absolute.Total;

        public int Count { get; private set; }

        public void Add(ExactNumber number)
        {
            _net.Add(number);
            _absolute.Add(number.Abs());
            Count++;
        }
    }
}
