// Reads a balance field: mark, day, currency, amount.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources.Mt940;

static partial class Mt940Balance
{
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: it cannot be read.</exception>
    public static Balance Of(Mt940Field field, TableBuilder table)
    {
        var text = field.First.Trim();
        var match = Pattern.Match(text);
        if (!match.Success || Mt940Amount.Of(match.Groups["amount"].Value) is not { } amount
            || !Currency.TryParse(match.Groups["currency"].Value, out var currency))
        {
            throw table.Fault(field.Line,
                $"the balance :{field.Tag}: cannot be read: '{Printable.Of(text)}'; "
                + "expected C or D, YYMMDD, currency, amount with comma");
        }

        return Mt940Date.Of(match.Groups["date"].Value) is { } date
            ? new Balance(new Money(match.Groups["mark"].Value == "D" ? -amount : amount, currency), date)
            : throw table.Fault(
                field.Line, $"the date {match.Groups["date"].Value} of :{field.Tag}: is no day (YYMMDD)");
    }

    [GeneratedRegex(@"^(?<mark>[CD])(?<date>\d{6})(?<currency>[A-Z]{3})\s*(?<amount>[\d,]+)$",
        RegexOptions.CultureInvariant)]
    static partial Regex Pattern { get; }
}

static class Mt940Amount
{
    /// <summary>Digits with at most one comma, which may end the number (<c>500,</c>); null for anything else.</summary>
    public static ExactNumber? Of(string text)
    {
        var parts = text.Split(',');
        if (parts.Length > 2 || parts[0].Length == 0)
        {
            return null;
        }

        var written = parts is [var whole, { Length: > 0 } decimals] ? $"{whole}.{decimals}" : parts[0];
        return ExactNumber.TryParse(written, out var number) ? number : null;
    }
}

static class Mt940Date
{
    /// <summary>YYMMDD; years 80 to 99 are of the last century, as in the SWIFT standard. Null where it is no day.</summary>
    public static DateOnly? Of(string text) =>
        Day((text[0] >= '8' ? "19" : "20") + text);

    /// <summary>MMDD of the year in which the day lies nearest to <paramref name="near"/>; null where it is no day.</summary>
    public static DateOnly? Nearest(string text, DateOnly near)
    {
        DateOnly? best = null;
        for (var year = near.Year - 1; year <= near.Year + 1; year++)
        {
            if (Day(year.ToString("0000", CultureInfo.InvariantCulture) + text) is { } day
                && (best is not { } other || Distance(day, near) < Distance(other, near)))
            {
                best = day;
            }
        }

        return best;
    }

    static int Distance(DateOnly a, DateOnly b) => Math.Abs(a.DayNumber - b.DayNumber);

    static DateOnly? Day(string text)
    {
        var isDay = DateOnly.TryParseExact(
            text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        return isDay ? day : null;
    }
}
