// Keeps a run from posting by itself where its totals are out of proportion with those of earlier dates.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Correcting;

/// <summary>
/// The circuit breaker: a run that would post far more than the busiest of the last dates did posts nothing, because its inputs or
/// its rules are likelier to be wrong than the world to have changed overnight.
/// </summary>
public static class CircuitBreaker
{
    /// <param name="postings">What limits leave.</param>
    /// <param name="history">What was posted on earlier dates, the newest first.</param>
    /// <returns>The postings; and why none of them is posted, null where they are.</returns>
    public static (Restraint Held, string? Tripped) Hold(
        BreakerSpec? breaker, IReadOnlyList<Posting> postings, IReadOnlyList<PostedTotals> history)
    {
        var wanted = PostedTotals.Of(postings.Where(Restraint.IsNew).Select(posting => posting.Amount));
        return breaker is not null && OutOfProportion(breaker, wanted, [.. history.Take(breaker.Dates)]) is { } reason
            ? (Restraint.Of(postings, _ => $"circuit breaker: {reason}"), reason)
            : (new Restraint(postings, []), null);
    }

    static string? OutOfProportion(BreakerSpec breaker, PostedTotals wanted, IReadOnlyList<PostedTotals> history)
    {
        var busy = history.Where(date => date.Count > 0).ToList();
        if (busy.Count >= BreakerSpec.FewestDates && busy.Max(date => date.Count) is var most && wanted.Count > (long)breaker.Times * most)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{wanted.Count} postings are more than {breaker.Times} times the {most} of the busiest of {busy.Count} earlier dates");
        }

        return wanted.Values.OrderBy(total => total.Key.Code, StringComparer.Ordinal)
            .Select(total => ValueOutOfProportion(breaker, total.Key, total.Value, history)).OfType<string>().FirstOrDefault();
    }

    static string? ValueOutOfProportion(BreakerSpec breaker, Currency currency, ExactTotal wanted, IReadOnlyList<PostedTotals> history)
    {
        if (breaker.Below.Any(small => small.CurrencyCode == currency && wanted <= small.Number))
        {
            return null;
        }

        var earlier = history.Where(date => date.Values.ContainsKey(currency)).Select(date => date.Values[currency]).ToList();
        return earlier.Count >= BreakerSpec.FewestDates && earlier.Max() is var most
            && wanted > new ExactTotal(most.Units * breaker.Times, most.Scale)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{wanted} {currency.Code} are more than {breaker.Times} times the {most} {currency.Code} of the busiest of {earlier.Count} earlier dates")
                : null;
    }
}
