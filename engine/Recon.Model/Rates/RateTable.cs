// Exchange rates by currency and day, as a bank publishes them: units of a currency for one unit of the base.
namespace Recon.Model.Rates;

/// <summary>One published rate.</summary>
/// <param name="UnitsPerBase">So many units of the currency are one unit of the base; above 0.</param>
public sealed record PublishedRate(Currency Currency, DateOnly Day, ExactNumber UnitsPerBase);

/// <summary>The rates of one publisher. Immutable; looking one up is a binary search.</summary>
public sealed class RateTable
{
    readonly Dictionary<Currency, (int[] Days, ExactNumber[] Units)> _series = [];

    /// <param name="name">By which packs name it.</param>
    /// <param name="rates">At most one for a currency and day, none of the base; in any order.</param>
    public RateTable(string name, Currency baseCurrency, IEnumerable<PublishedRate> rates)
    {
        (Name, Base) = (name, baseCurrency);
        foreach (var currency in rates.GroupBy(rate => rate.Currency))
        {
            PublishedRate[] sorted = [.. currency.OrderBy(rate => rate.Day)];
            Require.That(currency.Key != baseCurrency);
            _series.Add(currency.Key, ([.. sorted.Select(rate => rate.Day.DayNumber)], [.. sorted.Select(rate => rate.UnitsPerBase)]));
        }
    }

    public string Name { get; }

    public Currency Base { get; }

    /// <summary>Every rate, by currency and day: two tables with the same ones convert alike.</summary>
    public IEnumerable<PublishedRate> All => _series.OrderBy(each => each.Key).SelectMany(each => each.Value.Days.Select(
        (day, i) => new PublishedRate(each.Key, DateOnly.FromDayNumber(day), each.Value.Units[i])));

    /// <summary>True where the table has a rate of the currency on any day, or it is the base.</summary>
    public bool Knows(Currency currency) => currency == Base || _series.ContainsKey(currency);

    /// <summary>True where <see cref="Find"/> has a rate of any currency but the base.</summary>
    public bool HasAny(int day, int maxAge) => _series.Keys.Any(currency => Find(currency, day, maxAge) is not null);

    /// <summary>The newest rate that is not after a day and at most so many days old; the base is 1 on every day.</summary>
    /// <param name="day">A day number.</param>
    /// <returns>Null where there is none: nothing stands for a missing rate.</returns>
    public PublishedRate? Find(Currency currency, int day, int maxAge)
    {
        if (currency == Base)
        {
            return new PublishedRate(currency, DateOnly.FromDayNumber(day), new ExactNumber(1, 0));
        }

        if (!_series.TryGetValue(currency, out var series))
        {
            return null;
        }

        var place = Array.BinarySearch(series.Days, day);
        place = place >= 0 ? place : ~place - 1;
        return place >= 0 && day - series.Days[place] <= maxAge
            ? new PublishedRate(currency, DateOnly.FromDayNumber(series.Days[place]), series.Units[place])
            : null;
    }
}
