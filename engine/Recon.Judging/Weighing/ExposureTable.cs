// Adds up what is at risk, each record and each difference once.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <summary>
/// Exposure by currency, source, class and age. A record that is open or ambiguous on some leg weighs its value once,
/// under the gravest status of the breaks it is open in. Of the records of one event only those of the most trusted
/// source weigh. A match with a difference weighs by the difference, under the most trusted source of its leg, unless the
/// other matches of its event say it already (three sources on three legs: the third difference follows from two). Breaks
/// of a settled class weigh nothing.
/// </summary>
sealed class ExposureTable(Pack pack, DateOnly businessDate)
{
    readonly TrustOrder _trust = new(pack);
    readonly Dictionary<Place, Sums> _sums = [];

    /// <summary>Sorted by (currency, source in the order of the pack, class in the order of the pack, age).</summary>
    /// <param name="breaks">The judged breaks, in the order of <paramref name="subjects"/>.</param>
    public IReadOnlyList<Exposure> Of(
        IReadOnlyList<RecordTable> tables,
        IReadOnlyList<LegView> legs,
        IReadOnlyList<Subject> subjects,
        IReadOnlyList<Break> breaks)
    {
        var events = new Events(tables, legs);
        AddDifferences(events, legs, subjects, breaks);
        AddRecords(events, subjects, breaks);
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
        var weighty = Enumerable.Range(0, breaks.Count)
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
        foreach (var subject in subjects.Where(subject => subject.Kind == BreakKind.Ambiguous))
        {
            events.Join(subject);
        }

        var gravest = Gravest(events, subjects, breaks);
        var mostTrusted = new Dictionary<int, int>();
        foreach (var (node, open) in gravest)
        {
            var number = events.Of(node);
            var rank = _trust.RankOf(open.Source);
            mostTrusted[number] = Math.Min(mostTrusted.GetValueOrDefault(number, rank), rank);
        }

        foreach (var (node, open) in gravest)
        {
            if (mostTrusted[events.Of(node)] == _trust.RankOf(open.Source))
            {
                Add(open.Value, open.Source, breaks[open.Break]);
            }
        }
    }

    /// <summary>
    /// Open records with a value, by their numbers: the gravest unsettled break they stand in, the first of equals.
    /// </summary>
    static Dictionary<int, (SourceSpec Source, Money Value, int Break)> Gravest(
        Events events, IReadOnlyList<Subject> subjects, IReadOnlyList<Break> breaks)
    {
        var gravest = new Dictionary<int, (SourceSpec Source, Money Value, int Break)>();
        for (var i = 0; i < breaks.Count; i++)
        {
            if (subjects[i].Kind == BreakKind.Difference || breaks[i].Status == Status.Settled)
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
                        && (!gravest.TryGetValue(node, out var other) || breaks[i].Status > breaks[other.Break].Status))
                    {
                        gravest[node] = (table.Source, value, i);
                    }
                }
            }
        }

        return gravest;
    }

    void Add(Money money, SourceSpec source, Break item)
    {
        var age = AgeBucket.Of(item.DatedFrom, businessDate);
        var place = new Place(money.CurrencyCode, source.Index, item.Class, age);
        if (!_sums.TryGetValue(place, out var sums))
        {
            _sums.Add(place, sums = new Sums(item.Status));
        }

        sums.Add(money.Number);
    }

    Exposure RowOf(Place place, Sums sums) => new(
        place.Currency,
        pack.Sources[place.Source].Name,
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
