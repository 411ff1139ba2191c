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
    AmountBound Under, AmountBound Over, Currency? Currency, PercentBase? Base = null) : Tolerance;

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
