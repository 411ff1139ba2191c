// What a decision about a break rests on, and what of it has changed since.
using System.Globalization;

namespace Recon.Model.Acts;

/// <summary>One thing that a break says of the records, in words for people.</summary>
public sealed record Fact(string Name, string Value);

/// <summary>
/// How a break was found, its records, their differences, its value and the date from which it ages. Class, status, tier and deadline
/// are what rules make of these: where only they change, a decision holds.
/// </summary>
public static class BreakFacts
{
    public static IReadOnlyList<Fact> Of(Break item) =>
    [
        new("kind", item.Pass is { } pass ? $"{Word(item.Kind)} of {pass}" : Word(item.Kind)),
        new("records", string.Join(", ", item.Records)),
        new("difference", string.Join(", ", item.Differences.Select(difference => $"{difference.Fields}: {difference.Value}"))),
        new("value", string.Join(", ", item.Value)),
        new("date", item.DatedFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];

    /// <summary>The first fact that is another one now, told with both; null where none is.</summary>
    public static string? Changed(IReadOnlyList<Fact> then, Break now)
    {
        var before = then.ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal);
        return Of(now).FirstOrDefault(fact => before.GetValueOrDefault(fact.Name, "") != fact.Value) is { } changed
            ? $"{changed.Name} was {Told(before.GetValueOrDefault(changed.Name, ""))} and is {Told(changed.Value)}"
            : null;
    }

    static string Told(string value) => value.Length == 0 ? "none" : value;

    static string Word(BreakKind kind) => kind.ToString().ToLowerInvariant();
}
