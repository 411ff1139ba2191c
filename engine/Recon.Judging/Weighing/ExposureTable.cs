// Adds up what is at risk.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <summary>Exposure by currency and by what the pack asks for: the sums of what the breaks weigh.</summary>
sealed class ExposureTable(Pack pack, DateOnly businessDate, IReadOnlyList<HeldRecord> held)
{
    readonly bool _bySource = pack.Exposure.By.Contains(ExposureDimension.Source);
    readonly bool _byClass = pack.Exposure.By.Contains(ExposureDimension.Class);
    readonly bool _byAge = pack.Exposure.By.Contains(ExposureDimension.Age);

    // Those of the pack in its order, then those of held records that it does not have.
    readonly IReadOnlyList<string> _sources =
    [
        .. pack.Sources.Select(source => source.Name)
            .Concat(held.Select(record => record.Record.Source).Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal),
    ];

    readonly Dictionary<Place, Sums> _sums = [];

    /// <summary>Sorted by currency, source in the order of the pack, class in the order of the pack (built-in ones last), counterparty, age.</summary>
    public IReadOnlyList<Exposure> Of(IReadOnlyList<Break> breaks)
    {
        foreach (var item in breaks)
        {
            foreach (var weight in item.Weighs ?? [])
            {
                Add(weight, item);
            }
        }

        var classOrder = pack.Classes
            .ToDictionary(rule => rule.Id, rule => rule.Index, StringComparer.Ordinal);
        return
        [
            .. _sums
                .OrderBy(entry => entry.Key.Currency)
                .ThenBy(entry => entry.Key.Source)
                .ThenBy(entry => entry.Key.Class is { } name ? classOrder.GetValueOrDefault(name, int.MaxValue) : 0)
                .ThenBy(entry => entry.Key.Class, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Counterparty ?? "", Comparer<string>.Create(Utf8Order.Compare))
                .ThenBy(entry => entry.Key.Age)
                .Select(entry => RowOf(entry.Key, entry.Value)),
        ];
    }

    void Add(Weight weight, Break item)
    {
        var place = new Place(
            weight.Amount.CurrencyCode,
            _bySource ? SourceOrder(weight.Source) : null,
            _byClass ? item.Class : null,
            weight.Counterparty,
            _byAge ? pack.Exposure.BucketOf(businessDate.DayNumber - item.DatedFrom.DayNumber) : null);
        if (!_sums.TryGetValue(place, out var sums))
        {
            _sums.Add(place, sums = new Sums(item.Status));
        }

        sums.Add(weight.Amount.Number);
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
        place.Source is { } source ? _sources[source] : null,
        place.Class,
        _byClass ? sums.Status : null,
        place.Age is { } age ? pack.Exposure.BucketName(age) : null,
        sums.Net,
        sums.Absolute,
        sums.Count,
        place.Counterparty);

    readonly record struct Place(Currency Currency, int? Source, string? Class, string? Counterparty, int? Age);

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
