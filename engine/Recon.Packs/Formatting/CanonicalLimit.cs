// Writes limits and the circuit breaker as canonical text.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Packs.Formatting;

static class CanonicalLimit
{
    /// <summary>The keys of a limit that bounds something.</summary>
    public static string Of(LimitSpec limit) => string.Join(", ", new[]
    {
        limit.Each.Count == 0 ? null : $"each: {Values(limit.Each)}",
        Bound("run", limit.Run),
        Bound("day", limit.Day),
        Bound("account", limit.Account),
        limit.Counterparty is { } each ? $"counterparty: {{ by: {each.By.Text}, {Keys(each.Ceiling)} }}" : null,
    }.OfType<string>());

    // The usual one is left out: it says nothing of a pack, and a pack that does not name one stays the pack that it was.
    public static void Write(CanonicalWriter text, BreakerSpec? breaker)
    {
        if (breaker is null)
        {
            text.Line("breaker: off");
        }
        else if (breaker != BreakerSpec.Usual)
        {
            var below = breaker.Below.Count == 0 ? "" : $", below: {Values(breaker.Below)}";
            text.Line($"breaker: {{ times: {Digits(breaker.Times)}, dates: {Digits(breaker.Dates)}{below} }}");
        }
    }

    static string? Bound(string key, Ceiling? ceiling) => ceiling is null ? null : $"{key}: {{ {Keys(ceiling)} }}";

    static string Keys(Ceiling ceiling) => string.Join(", ", new[]
    {
        ceiling.Values.Count == 0 ? null : $"value: {Values(ceiling.Values)}",
        ceiling.Count is { } count ? $"count: {Digits(count)}" : null,
    }.OfType<string>());

    static string Values(IReadOnlyList<Money> values) => values.Count == 1 ? $"{values[0]}" : $"[{string.Join(", ", values)}]";

    static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
