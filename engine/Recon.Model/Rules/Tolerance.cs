// How far the two sides of a comparison may lie apart.
namespace Recon.Model.Rules;

/// <summary>A condition on two sides that face each other.</summary>
public abstract record Tolerance;

/// <summary>
/// right − left lies in [−Under, +Over], inclusive. A pair of a currency other than <paramref name="Currency"/> fails the
/// condition; null currency demands equal currencies and no particular one.
/// </summary>
/// <param name="Base">What percentages are of; null where neither bound is a percentage.</param>
public sealed record AmountTolerance(
    AmountBound Under, AmountBound Over, Currency? Currency, PercentBase? Base = null) : Tolerance
{
    /// <summary>How amounts of two currencies meet; null: they never do.</summary>
    public RateRule? Fx { get; init; }
}

/// <summary>Both amounts are converted at the rates of one day, that of a record, and compared in one currency.</summary>
/// <param name="Rates">Name of the table of rates.</param>
/// <param name="DateSource">The source whose record has the day.</param>
/// <param name="DateField">A date, or an instant that counts as its local date in the source's zone.</param>
/// <param name="To">The currency of the comparison, and of an amount of the tolerance.</param>
/// <param name="MaxAge">How many days old the rate may be; 0: of the day itself.</param>
public sealed record RateRule(string Rates, string DateSource, string DateField, Currency To, int MaxAge);

/// <summary>
/// One bound of an amount, at least 0: <paramref name="Amount"/>; or <paramref name="Percent"/> of the base, so that the
/// bound holds where |right − left| · 100 ≤ percent · |base|; or the smaller of both. One of the two is never null.
/// </summary>
/// <param name="Percent">0 to 100.</param>
public readonly record struct AmountBound(ExactNumber? Amount, ExactNumber? Percent)
{
    public static implicit operator AmountBound(ExactNumber amount) => new(amount, null);

    /// <summary>True where nothing but equality meets the bound.</summary>
    public bool IsZero => Amount is { IsZero: true } || Percent is { IsZero: true };
}

/// <summary>The amount that a percentage is of, without its sign; in a group pass the sum of the many side.</summary>
public enum PercentBase
{
    Left,
    Right,

    /// <summary>The larger of the two absolute amounts.</summary>
    Larger,

    /// <summary>The smaller of the two absolute amounts.</summary>
    Smaller,
}

/// <summary>
/// right − left in days lies in [From, To], inclusive: calendar days of local dates, or the difference of business-day
/// indexes where a calendar is named.
/// </summary>
public sealed record DayTolerance(int From, int To, string? Calendar) : Tolerance;

/// <summary>right − left as elapsed time lies in [From, To], inclusive; both sides are instants.</summary>
public sealed record ElapsedTolerance(TimeSpan From, TimeSpan To) : Tolerance;

/// <summary>One text contains the other, character by character. An empty text contains nothing and is in nothing.</summary>
/// <param name="RightIsPart">True where left contains right, false where right contains left.</param>
public sealed record ContainsTolerance(bool RightIsPart) : Tolerance;

/// <summary>
/// What the pattern finds first (its first group where it has one, else the whole) is the same on both sides. A side on
/// which it finds nothing, or an empty text, meets nothing.
/// </summary>
/// <param name="Pattern">A .NET regular expression for <see cref="Fn.PatternOptions"/>.</param>
/// <param name="Of">On which sides the pattern is asked; the other side stands for itself.</param>
public sealed record PatternTolerance(string Pattern, PatternSides Of) : Tolerance;

public enum PatternSides
{
    Both,
    Left,
    Right,
}

/// <summary>The similarity of two texts is at least the threshold, and they share a blocking key.</summary>
/// <param name="Threshold">In millionths, 1 to 1,000,000; compared with ≥ on a similarity rounded to millionths.</param>
/// <param name="Blocks">
/// What makes the blocking keys of a text; two texts that share none are not compared, however alike. Empty: all are.
/// </param>
public sealed record SimilarityTolerance(TextMetric Metric, int Threshold, IReadOnlyList<TextBlock> Blocks) : Tolerance
{
    /// <summary>A similarity of 1: equal as the metric sees it.</summary>
    public const int Whole = 1_000_000;
}

/// <summary>Measures of similarity, 0 to 1. Texts are compared as cleaned, code unit by code unit (UTF-16).</summary>
public enum TextMetric
{
    /// <summary>Jaro's similarity with Winkler's bonus for a common start of up to 4.</summary>
    JaroWinkler,

    /// <summary>The largest edit similarity among the words in common, and those with the words of either side.</summary>
    TokenSet,

    /// <summary>1 − edits / length of the longer text.</summary>
    Levenshtein,
}

/// <summary>One way to make blocking keys.</summary>
public abstract record TextBlock
{
    TextBlock()
    {
    }

    /// <summary>The first characters of the text; the whole of a shorter one.</summary>
    public sealed record Start(int Characters) : TextBlock;

    /// <summary>Every word of the text.</summary>
    public sealed record Token : TextBlock;

    /// <summary>A text field of either side; NULL and empty make no key.</summary>
    public sealed record Field(string Left, string Right) : TextBlock;
}
