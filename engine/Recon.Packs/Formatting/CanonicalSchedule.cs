// Writes `run` as canonical text: the business date, and the hours at which a pack runs by itself.
using System.Globalization;
using Recon.Model.Rules;
using Recon.Packs.Binding;

namespace Recon.Packs.Formatting;

static class CanonicalSchedule
{
    public static void Write(CanonicalWriter text, Pack pack)
    {
        if (pack.BusinessDate is null && pack.Schedule is null)
        {
            return;
        }

        text.Line("run:");
        text.Indented(() =>
        {
            if (pack.BusinessDate is { } date)
            {
                text.Line(
                    $"business_date: {{ days: {Digits(date.Days)}{CanonicalText.Optional("calendar", date.Calendar)}"
                    + CanonicalText.Optional("cut_off", date.CutOff?.ToString("HH:mm", CultureInfo.InvariantCulture))
                    + $", zone: {CanonicalText.Quoted(date.Zone)} }}");
            }

            if (pack.Schedule is { } schedule)
            {
                text.Line($"schedule: {{ {Schedule(schedule)} }}");
            }
        });
    }

    static string Schedule(ScheduleSpec schedule) =>
        $"cron: {CanonicalText.Quoted(schedule.Cron.Text)}, zone: {CanonicalText.Quoted(schedule.Zone)}"
        + CanonicalText.Optional("calendar", schedule.Calendar)
        + $", misfire: {ScheduleBinder.Name(schedule.Misfire)}, grace: {Durations.Text(schedule.Grace)}"
        + (schedule.After.Count > 0 ? $"{Packs("after", schedule.After)}, wait: {Durations.Text(schedule.Wait)}" : "")
        + (schedule.TimeLimit is { } limit ? $", time_limit: {Durations.Text(limit)}" : "")
        + Packs("not_with", schedule.NotWith)
        + $", retry: {{ times: {Digits(schedule.Retry.Times)}, first_pause: {Durations.Text(schedule.Retry.FirstPause)} }}";

    static string Packs(string key, IReadOnlyList<PackReference> packs) => packs.Count == 0
        ? ""
        : $", {key}: [{string.Join(", ", packs.Select(pack => CanonicalText.Quoted(pack.Id)))}]";

    static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
