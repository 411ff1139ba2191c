// Binds how long our own postings may take to come back in the books.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;

namespace Recon.Packs.Binding;

sealed partial class BackBinder(PackScope scope)
{
    const int MostDays = 366;

    /// <param name="calendar">That of the source; null where it has none.</param>
    /// <returns>Null where no postings come back in the source.</returns>
    public BackSpec? Bind(Keys keys, string? calendar)
    {
        if (!keys.Has("posting_key"))
        {
            keys.RefuseIfPresent("back_within", "without 'posting_key' no posting is known again");
            return null;
        }

        if (keys.Scalar("back_within") is not { } node || scope.Text(node) is not { } text)
        {
            return Defaults.BackWithin(calendar);
        }

        var match = Span().Match(text);
        if (!match.Success || int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var days && days > MostDays)
        {
            scope.Report.Add(Findings.BadText, node.Place, "3 business days, or 5d", text, $"a number of days up to {MostDays}");
            return null;
        }

        if (match.Groups[2].Value == "d")
        {
            return new BackSpec(days, null);
        }

        if (calendar is null && scope.CalendarsKnown && !keys.IsMisspelt("calendar"))
        {
            scope.Report.Add(Findings.NoCalendar, node.Place, "calendar: TARGET2, beside it");
        }

        return new BackSpec(days, calendar);
    }

    public static string Text(BackSpec back) => string.Create(
        CultureInfo.InvariantCulture, $"{back.Days}{(back.Calendar is null ? "d" : back.Days == 1 ? " business day" : " business days")}");

    [GeneratedRegex(@"^([0-9]{1,4})(d| business days?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Span();
}
