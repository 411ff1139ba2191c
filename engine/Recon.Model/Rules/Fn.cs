// The functions that the C# of a pack may call: pure, ordinal, at ease with missing values.
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Recon.Model.Rules;

/// <summary>What a rule can ask beside its records: <c>Fn.After(bank.note, "PAYOUT ")</c>.</summary>
/// <remarks>
/// Text is compared by its code units, never by culture. A missing text gives a missing text, or no. A result that
/// would be empty is missing, as an empty cell is.
/// </remarks>
public static class Fn
{
    /// <summary>Longest pattern in characters.</summary>
    public const int MaxPattern = 200;

    /// <summary>How every pattern runs: in time linear in the text, without culture.</summary>
    public const RegexOptions PatternOptions = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // Patterns are constants of packs, a few dozen in a process; the bound keeps a host of many packs safe.
    const int MaxCachedPatterns = 512;

    static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>True where both are equal; where both are missing, <paramref name="nulls"/>; where one is, false.</summary>
    public static bool Same(string? a, string? b, bool nulls) =>
        a is null && b is null ? nulls : string.Equals(a, b, StringComparison.Ordinal);

    /// <inheritdoc cref="Same(string?, string?, bool)"/>
    public static bool Same(Money? a, Money? b, bool nulls) => a is null && b is null ? nulls : a == b;

    /// <inheritdoc cref="Same(string?, string?, bool)"/>
    public static bool Same(decimal? a, decimal? b, bool nulls) => a is null && b is null ? nulls : a == b;

    /// <inheritdoc cref="Same(string?, string?, bool)"/>
    public static bool Same(DateOnly? a, DateOnly? b, bool nulls) => a is null && b is null ? nulls : a == b;

    /// <inheritdoc cref="Same(string?, string?, bool)"/>
    public static bool Same(Instant? a, Instant? b, bool nulls) => a is null && b is null ? nulls : a == b;

    /// <summary>True where the pattern matches somewhere in the text.</summary>
    /// <param name="pattern">A .NET regular expression without look-around or back references; the rule compiler
    /// demands a constant of at most <see cref="MaxPattern"/> characters. It runs in linear time.</param>
    public static bool Matches(string? text, string pattern) =>
        text is not null && Regex(pattern).IsMatch(text);

    /// <summary>The first match of the pattern: its first group where it has one, else the whole of it.</summary>
    /// <param name="pattern"><inheritdoc cref="Matches" path="/param[@name='pattern']"/></param>
    public static string? Extract(string? text, string pattern)
    {
        if (text is null)
        {
            return null;
        }

        var match = Regex(pattern).Match(text);
        return match.Success ? Filled(match.Groups[match.Groups.Count > 1 ? 1 : 0].Value) : null;
    }

    /// <summary>What follows the first occurrence of the marker; missing where the marker does not occur.</summary>
    public static string? After(string? text, string marker)
    {
        var at = text?.IndexOf(marker, StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : Filled(text![(at + marker.Length)..]);
    }

    /// <summary>What stands before the first occurrence of the marker; missing where the marker does not occur.</summary>
    public static string? Before(string? text, string marker)
    {
        var at = text?.IndexOf(marker, StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : Filled(text![..at]);
    }

    /// <summary>What stands between the first <paramref name="start"/> and the next <paramref name="end"/>.</summary>
    public static string? Between(string? text, string start, string end) => Before(After(text, start), end);

    /// <summary>The digits 0 to 9 of the text, in their order.</summary>
    public static string? Digits(string? text) =>
        text is null ? null : Filled(string.Concat(text.Where(char.IsAsciiDigit)));

    static Regex Regex(string pattern)
    {
        if (Patterns.TryGetValue(pattern, out var known))
        {
            return known;
        }

        if (Patterns.Count >= MaxCachedPatterns)
        {
            Patterns.Clear();
        }

        return Patterns.GetOrAdd(pattern, text => new Regex(text, PatternOptions));
    }

    static string? Filled(string text) => text.Length == 0 ? null : text;
}
