// Adds up what is at risk, each record and each difference once.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <summary>
/// Exposure by currency, source, class and age. A record that is open or ambiguous on some leg weighs its value once,
/// under the gravest status of the breaks it is open in. Of the records of one event only those of the most trusted
/// source weigh. A match with a difference weighs by the difference, under the most trusted source of its leg. Breaks
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
        AddDifferences(subjects, breaks);
        AddRecords(tables, legs, subjects, breaks);
        var classOrder = pack.Classes.ToDictionary(rule => rule.Id, rule => rule.Index, StringComparer.Ordinal);
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

    void AddDifferences(IReadOnlyList<Subject> subjects, IReadOnlyList<Break> breaks)
    {
        for (var i = 0; i < breaks.Count; i++)
        {
            if (subjects[i].Kind == BreakKind.Difference && breaks[i].Status != Status.Settled)
            {
                var source = subjects[i].View.Leg.Sources.MinBy(_trust.RankOf)!;
                foreach (var money in breaks[i].Value)
                {
                    Add(money, source, breaks[i]);
                }
            }
        }
    }

    void AddRecords(
        IReadOnlyList<RecordTable> tables,
        IReadOnlyList<LegView> legs,
        IReadOnlyList<Subject> subjects,
        IReadOnlyList<Break> breaks)
    {
        var gravest = Gravest(tables, subjects, breaks);
        if (gravest.Count == 0)
        {
            return;
        }

        var events = Events.Of(tables, legs, subjects);
        var speaker = new Dictionary<int, int>();
        foreach (var (source, row) in gravest.Keys)
        {
            var number = events.Of(source, row);
            var rank = _trust.RankOf(pack.Sources[source]);
            speaker[number] = speaker.TryGetValue(number, out var best) ? Math.Min(best, rank) : rank;
        }

        foreach (var ((source, row), index) in gravest)
        {
            if (speaker[events.Of(source, row)] == _trust.RankOf(pack.Sources[source]))
            {
                Add(RecordValue.Of(tables[source], row)!.Value, pack.Sources[source], breaks[index]);
            }
        }
    }

    /// <summary>Open records that have a value → index of the gravest unsettled break they stand in; the first of equals.</summary>
    static Dictionary<(int Source, int Row), int> Gravest(
        IReadOnlyList<RecordTable> tables, IReadOnlyList<Subject> subjects, IReadOnlyList<Break> breaks)
    {
        var gravest = new Dictionary<(int Source, int Row), int>();
        for (var i = 0; i < breaks.Count; i++)
        {
            if (subjects[i].Kind == BreakKind.Difference || breaks[i].Status == Status.Settled)
            {
                continue;
            }

            for (var side = 0; side < 2; side++)
            {
                var source = subjects[i].View.Tables[side].Source.Index;
                foreach (var row in subjects[i].Rows(side).Where(row => RecordValue.Of(tables[source], row) is not null))
                {
                    if (!gravest.TryGetValue((source, row), out var other) || breaks[i].Status > breaks[other].Status)
                    {
                        gravest[(source, row)] = i;
                    }
                }
            }
        }

        return gravest;
    }

    void Add(Money money, SourceSpec source, Break item)
    {
        var place = new Place(money.CurrencyCode, source.Index, item.Class, AgeBucket.Of(item.DatedFrom, businessDate));
        if (!_sums.TryGetValue(place, out var sums))
        {
            _sums.Add(place, sums = new Sums(item.Status));
        }

        try
        {
            sums.Add(money.Number);
        }
        catch (OverflowException overflow)
        {
            throw AmountRange.Left($"exposure of {source.Name} in {money.Currency}", overflow);
        }
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

        public ExactNumber Net { get; private set; }

        public ExactNumber Absolute { get; private set; }

        public int Count { get; private set; }

        public void Add(ExactNumber number)
        {
            Net += number;
            Absolute += number.Abs();
            Count++;
        }
    }
}
