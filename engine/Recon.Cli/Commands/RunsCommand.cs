// recon runs: what was recorded.
using System.CommandLine;
using System.Globalization;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Reports.Sections;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

static class RunsCommand
{
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> Pack = new("--pack") { Description = "Only runs of the pack with this id" };
    static readonly Option<int> Limit = CommonOptions.Limit("How many, the newest first", usual: 20);

    internal static Command Create()
    {
        var list = new Verb("list", "Lists recorded runs, the newest first.", "recon runs list -w examples/card-payments")
        {
            Workspace, CommonOptions.Store, Pack, Limit,
        };
        list.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var (pack, limit) = (parsed.GetValue(Pack), parsed.GetValue(Limit));
            var (runs, failures) = (store.Runs(pack, limit), store.Failures(pack, limit));
            if (runs.Count == 0 && failures.Count == 0)
            {
                BreaksCommand.TellUnknownPack(store, pack);
            }

            var purged = store.Purged().Select(purge => purge.Run.Id).ToHashSet(StringComparer.Ordinal);
            Terminal.Print(failures.Count > 0 ? [SectionOf(runs, purged), SectionOf(failures)] : [SectionOf(runs, purged)]);
            return ExitCode.Fine;
        });
        return new Verb("runs", "The runs of a workspace's store.") { list };
    }

    static Section SectionOf(IReadOnlyList<RunHead> runs, HashSet<string> purged) => new(
        "Runs",
        [
            new("run", IsWhole: true), new("pack", IsWhole: true), new("date", IsWhole: true), new("revision", true),
            new("matches", true, IsLesser: true), new("breaks and settled", true), new("postings", true, IsLesser: true),
            new("begun", IsWhole: true), new("standing"),
        ],
        [.. runs.Select(run => (IReadOnlyList<string>)
        [
            run.Id, $"{run.PackId} {run.PackVersion}", ResultDocument.Iso(run.BusinessDate), Text(run.Revision), Text(run.Matches),
            Text(run.Breaks), Text(run.Posts), Text(run.RecordedAt), Standing(run, purged.Contains(run.Id)),
        ])],
        "No runs.",
        LastIsSentence: true);

    // Of what stands and is fresh there is nothing to say; of what is superseded there is nothing to do.
    static string Standing(RunHead run, bool isPurged) => string.Join("; ", new[] { Standing(run), isPurged ? "its matches were purged" : "" }
        .Where(text => text.Length > 0));

    static string Standing(RunHead run) => run switch
    {
        { IsSuperseded: false, State: RunState.Undone } => "undoes the revision before it: run this date again",
        { SupersededBy: { } revision } => $"superseded by revision {revision}",
        { IsStale: true } => "rests on an older state of earlier dates: run this date again",
        _ => "",
    };

    static Section SectionOf(IReadOnlyList<FailedAttempt> failures) => new(
        "Failed attempts",
        [new("date", IsWhole: true), new("when", IsWhole: true), new("pack", IsWhole: true), new("reason")],
        [.. failures.Select(attempt => (IReadOnlyList<string>)
        [
            ResultDocument.Iso(attempt.BusinessDate), Text(attempt.At), attempt.PackId,
            string.Join("; ", attempt.Reason.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)),
        ])],
        "No failed attempts.",
        LastIsSentence: true);

    static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
