// What makes two runs one and the same.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rates;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Identity;

/// <summary>
/// The identity of a run: pack as bound, contents of inputs (as a set, without names or order), calendars, rates, accounts,
/// business date, opening state with the decisions of people that are in force
/// and the postings that concern the run, and engine major. Never the clock, the machine or the options of display.
/// </summary>
public static class RunKey
{
    /// <summary>Raised where the same inputs may give other results than before.</summary>
    public const string EngineMajor = "1";

    /// <returns>SHA-256 in lower-case hex.</returns>
    public static string Of(RunRequest request, IReadOnlyList<RawTable> inputs, OpeningState opening)
    {
        using var digest = new ContentDigest();
        digest
            .Add("recon-run").Add(EngineMajor)
            .Add(request.Pack.Deciding)
            .Add(ResultDocument.Iso(request.BusinessDate))
            .Add(opening.Hash)
            .Add(inputs.SelectMany(InputTexts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            .Add(request.Pack.CalendarNames.Select(name => CalendarText(request.Calendars[name])))
            .Add(request.Accounts.OrderBy(account => account.Key, StringComparer.Ordinal).Select(account => $"{account.Key}={account.Value}"))
            .Add(request.QueuesPostings ? "post" : "no-post");
        if (request.Pack.RateNames is { Count: > 0 } names)
        {
            digest.Add(names.Select(name => RatesText(name, request.Rates.GetValueOrDefault(name))));
        }

        if (!opening.Decisions.IsEmpty)
        {
            digest.Add(opening.Decisions.InForce.Select(act => act.Kind == ActKind.Undo ? act.Effect : $"{act.Effect} {act.Day}"));
        }

        if (!opening.Own.IsEmpty)
        {
            digest.Add("own-postings").Add(opening.Own.Words());
        }

        return digest.Hex();
    }

    /// <summary>SHA-256 in lower-case hex of what decides in a pack: <see cref="Pack.Deciding"/>.</summary>
    public static string PackHash(Pack pack)
    {
        using var digest = new ContentDigest();
        return digest.Add(pack.Deciding).Hex();
    }

    static IEnumerable<string> InputTexts(RawTable table) => table.Files.Select(file => $"{table.Source} {file.Sha256}");

    // Every rate: a file that has grown is other rates, though a run may have needed none of the new ones.
    static string RatesText(string name, RateTable? table)
    {
        using var digest = new ContentDigest();
        return table is null
            ? $"{name}:none"
            : $"{name}:{table.Base}:" + digest.Add(table.All.Select(rate =>
                $"{rate.Currency} {ResultDocument.Iso(rate.Day)} {rate.UnitsPerBase.Trimmed()}")).Hex();
    }

    // Every day of the calendar's range: two calendars that differ in one day are two calendars.
    static string CalendarText(BusinessCalendar calendar)
    {
        using var digest = new ContentDigest();
        var first = new DateOnly(1970, 1, 1);
        var days = new byte[(new DateOnly(2200, 1, 1).DayNumber - first.DayNumber + 7) / 8];
        for (var date = first; date < new DateOnly(2200, 1, 1); date = date.AddDays(1))
        {
            var offset = date.DayNumber - first.DayNumber;
            days[offset >> 3] |= (byte)((calendar.IsBusinessDay(date) ? 1 : 0) << (offset & 7));
        }

        return $"{calendar.Name}:{digest.Add(days).Hex()}";
    }
}
