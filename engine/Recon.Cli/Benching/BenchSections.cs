// A benchmark for people: who took how long, where the time went, what was found.
using Recon.Reports.Sections;

namespace Recon.Cli.Benching;

static class BenchSections
{
    internal static string Title(BenchResult result) => Text($"Recon on workload W({result.Rows:N0})");

    internal static IReadOnlyList<Section> Of(BenchResult result) => [Times(result), Stages(result), Found(result)];

    static Section Times(BenchResult result) => new(
        Text($"Workload W({result.Rows:N0}): medians of {result.Runs} whole processes each, taken in turn"),
        [
            new("who"), new("seconds", true), new("from – to", true), new("cpu s", true), new("peak MB", true), new("anonymous MB", true),
            new("seconds / engine", true), new("cpu / engine", true),
        ],
        [.. result.All.Select(each => Row(each, result.All[0]))],
        "Nobody was measured.",
        Text($"{Machine.Description}; {result.Threads} threads")
        + (result.IsQuiet ? "" : Text($"\nOther processes took {result.Company:P0} of the machine meanwhile: compare cpu, not seconds.")));

    static IReadOnlyList<string> Row(Measured each, Measured engine) =>
    [
        each.Who.Title,
        Text($"{each.Seconds:F2}"),
        Text($"{each.Rounds.Min(round => round.Seconds):F2} – {each.Rounds.Max(round => round.Seconds):F2}"),
        Text($"{each.CpuSeconds:F2}"),
        Text($"{each.PeakBytes / 1e6:N0}"),
        each.AnonymousBytes is { } bytes ? Text($"{bytes / 1e6:N0}") : "",
        Text($"{each.Seconds / engine.Seconds:F1}"),
        Text($"{each.CpuSeconds / engine.CpuSeconds:F1}"),
    ];

    static Section Stages(BenchResult result) => new(
        "Where the time went",
        [new("who"), new("stages, in seconds")],
        [.. result.All.Select(each => (IReadOnlyList<string>)
            [each.Who.Name, string.Join(" · ", each.Stages.Select(stage => Text($"{stage.Stage} {stage.Seconds:F2}")))])],
        "");

    static Section Found(BenchResult result)
    {
        var found = result.All[0].Found;
        return new Section(
            "What was found",
            [new("pass"), new("matches", true), new("ledger", true), new("bank", true)],
            [
                .. found.Passes.Select((pass, i) => (IReadOnlyList<string>)
                    [Text($"{i + 1}"), Text($"{pass.Matches:N0}"), Text($"{pass.Ledger:N0}"), Text($"{pass.Bank:N0}")]),
                ["open", "", Text($"{found.Open[0]:N0}"), Text($"{found.Open[1]:N0}")],
            ],
            "",
            result.Agree switch
            {
                null => "No peer was there to agree or not.",
                true => "All agree: counts of every pass, the matched pairs, the open records, the totals of every currency.",
                false => string.Join('\n', result.Differences),
            });
    }

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
