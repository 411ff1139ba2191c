// Says of an open record which rate it lacked.
using Recon.Judging.Differing;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Judging.Classifying;

/// <summary>A missing rate leaves a record open as surely as a missing partner does, so its reason says so.</summary>
sealed class MissingRates(Pack pack, IReadOnlyDictionary<string, RateTable> rates)
{
    readonly RecordDates _dates = new();
    readonly Dictionary<(Conversion Conversion, int Day), string?> _missingDays = [];
    readonly ILookup<int, (PassSpec Pass, Comparison Comparison, Conversion Conversion)> _byLeg = pack.Passes
        .SelectMany(pass => pass.Comparisons.Select(comparison => (Pass: pass, Comparison: comparison)))
        .Where(each => each.Comparison.Tolerance is AmountTolerance { Fx: not null })
        .Select(each => (each.Pass, each.Comparison,
            new Conversion(RuleOf(each.Comparison), rates.GetValueOrDefault(RuleOf(each.Comparison).Rates))))
        .ToLookup(each => each.Pass.Leg.Index);

    /// <summary>The first rate that the record lacks in a pass of its leg: <c>pass fx: ECB has no rate of USD on 2026-02-28</c>.</summary>
    /// <param name="subject">One open record.</param>
    /// <returns>Null where it lacks none.</returns>
    public string? Of(Subject subject)
    {
        foreach (var (pass, comparison, conversion) in _byLeg[subject.View.Leg.Index])
        {
            if (Missing(subject, comparison, conversion) is { } missing)
            {
                return $"pass {pass.Id}: {missing}";
            }
        }

        return MissingInGroup(subject);
    }

    // What the group of the record lacked, of whichever of its records.
    string? MissingInGroup(Subject subject)
    {
        var (view, side) = (subject.View, subject.FirstSide);
        if (view.Matches.Unrated.Count == 0 || !view.Matches.Unrated[side].TryGetValue(subject.Rows[side][0], out var lack))
        {
            return null;
        }

        var (pass, comparison, conversion) = _byLeg[view.Leg.Index].First(each => each.Pass.Index == lack.Pass && each.Comparison == lack.Comparison);
        var table = view.Tables[lack.Record.Side];
        var operand = comparison.Left.Source == table.Name ? comparison.Left : comparison.Right;
        var rule = conversion.Rule;
        var missing = lack.Day is { } day && MoneyTotals.Of(operand, table, [lack.Record.Row]) is [var amount]
            ? conversion.Missing(amount.CurrencyCode, day)
            : rule.DateSource == table.Name ? $"{rule.DateSource}.{rule.DateField} is NULL: no rate"
            : "its group has no one day: no rate";
        return $"pass {pass.Id}: {view.RecordOf(lack.Record.Side, lack.Record.Row)}: {missing}";
    }

    string? Missing(Subject subject, Comparison comparison, Conversion conversion)
    {
        var table = subject.View.Tables[subject.FirstSide];
        var row = subject.Rows[subject.FirstSide][0];
        var operand = comparison.Left.Source == table.Name ? comparison.Left : comparison.Right;
        if (operand.Source != table.Name || MoneyTotals.Of(operand, table, [row]) is not [var amount])
        {
            return null;
        }

        // At which day a record of the other side would be converted depends on its partner; that a currency is never rated does not.
        if (conversion.Rule.DateSource != table.Name)
        {
            return conversion.IsNeverRated(amount.CurrencyCode) ? conversion.Missing(amount.CurrencyCode, day: 0) : null;
        }

        return _dates.Of(table, table.Column(conversion.Rule.DateField), row) is { } day
            ? conversion.Missing(amount.CurrencyCode, day.DayNumber) ?? MissingDay(conversion, day.DayNumber)
            : null;
    }

    string? MissingDay(Conversion conversion, int day)
    {
        if (!_missingDays.TryGetValue((conversion, day), out var missing))
        {
            _missingDays.Add((conversion, day), missing = conversion.MissingDay(day));
        }

        return missing;
    }

    static RateRule RuleOf(Comparison comparison) => ((AmountTolerance)comparison.Tolerance!).Fx!;
}
