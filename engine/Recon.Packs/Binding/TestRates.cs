// Binds `rates` of a test: the few rates that its rows need.
using Recon.Model;
using Recon.Model.Rates;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

/// <summary><c>rates: { ECB: { 2026-02-27: { USD: 1.0800 } } }</c>; <c>base: USD</c> where the base is not EUR.</summary>
sealed class TestRates(Report report)
{
    public IReadOnlyDictionary<string, RateTable> Bind(Keys test)
    {
        var tables = new Dictionary<string, RateTable>(StringComparer.Ordinal);
        foreach (var entry in test.Map("rates")?.Entries ?? [])
        {
            if (test.Shape<MapNode>(entry.Value, "days: { 2026-02-27: { USD: 1.0800 } }") is { } days && TableOf(entry.Key.Text, days, test) is { } table)
            {
                tables[entry.Key.Text] = table;
            }
        }

        return tables;
    }

    RateTable? TableOf(string name, MapNode days, Keys test)
    {
        var ofBase = days.Find("base")?.Value as ScalarNode;
        if ((ofBase is null ? Defaults.RateBase : CurrencyOf(ofBase)) is not { } baseCurrency)
        {
            return null;
        }

        var rates = new List<PublishedRate>();
        foreach (var day in days.Entries.Where(entry => entry.Key.Text != "base"))
        {
            if (Literals.Canonical(day.Key, Model.Columns.FieldKind.Date, report) is { } text && Literals.TryDate(text, out var date)
                && test.Shape<MapNode>(day.Value, "rates: { USD: 1.0800 }") is { } cells)
            {
                rates.AddRange(cells.Entries.Select(cell => RateOf(cell, date, baseCurrency, test)).OfType<PublishedRate>());
            }
        }

        return new RateTable(name, baseCurrency, rates);
    }

    PublishedRate? RateOf(Entry cell, DateOnly day, Currency baseCurrency, Keys test)
    {
        if (CurrencyOf(cell.Key) is not { } currency || test.Shape<ScalarNode>(cell.Value, "a rate") is not { } node)
        {
            return null;
        }

        if (currency != baseCurrency && Literals.TryNumber(node.Text, out var rate) && rate.Sign > 0)
        {
            return new PublishedRate(currency, day, rate);
        }

        report.Add(
            Findings.BadNumber, node.Place, $"units of {currency} for 1 {baseCurrency}", node.Text,
            currency == baseCurrency ? "a rate: it is the base" : "a rate above 0");
        return null;
    }

    Currency? CurrencyOf(ScalarNode node)
    {
        if (Currency.TryParse(node.Text, out var currency))
        {
            return currency;
        }

        report.Add(Findings.BadText, node.Place, "three capital letters: EUR", node.Text, "a currency");
        return null;
    }
}
