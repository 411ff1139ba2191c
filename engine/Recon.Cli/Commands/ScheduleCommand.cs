// recon schedule: what runs by itself, what is due, and what people ask of it.
using System.CommandLine;
using System.Globalization;
using Recon.Cli.Outputs;
using Recon.Cli.Serving;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Sections;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Scheduling;

namespace Recon.Cli.Commands;

static class ScheduleCommand
{
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly PackOpener Options = new();
    static readonly Argument<string> Pack = new("PACK") { Description = "The id of a pack" };
    static readonly Option<string?> OnlyPack = new("--pack") { Description = "Only the pack with this id" };
    static readonly Option<int> Limit = CommonOptions.Limit("How many runs, those found last first", usual: 20);
    static readonly Option<int> Count = CommonOptions.Limit("How many of each pack", usual: 5);
    static readonly Option<string?> After = new("--after") { Description = "After this moment instead of now, as 2026-03-28T00:00:00Z" };
    static readonly Option<string> From = new("--from") { Description = "The first business date, as 2026-02-23", Required = true };
    static readonly Option<string> To = new("--to") { Description = "The last business date, as 2026-02-27", Required = true };

    internal static Command Create() => new Verb("schedule", "The hours at which packs run by themselves, and what is due.")
    {
        List(), Next(), Pause(), Resume(), Backfill(),
    };

    static Verb List()
    {
        var list = new Verb("list", "Lists the packs that have a schedule, and the runs found last.", "recon schedule list -w examples/production")
        {
            Workspace, Options.Environment, Options.Parameters, OnlyPack, Limit,
        };
        list.SetAction((parsed, cancellation) => Task.FromResult(Show(parsed, cancellation)));
        return list;
    }

    static int Show(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = Load(parsed, cancellation);
        var only = parsed.GetValue(OnlyPack);
        var packs = only is null ? workspace.Packs : [workspace.Pack(only)];
        var now = Now();
        var (standings, runs, open) = workspace.Workspace.OpenSchedule().Turn(turn =>
            (turn.Packs(), turn.Newest(only, parsed.GetValue(Limit)), turn.Open()));
        Terminal.Print(
        [
            new Section(
                "Schedule",
                [new("pack", IsWhole: true), new("cron", IsWhole: true), new("zone", IsLesser: true), new("next slot", IsWhole: true), new("now")],
                [.. packs.Select(pack => (IReadOnlyList<string>)
                [
                    pack.Id, pack.Schedule.Cron.Text, pack.Schedule.Zone, FirstAfter(pack, now) is { } slot ? slot.At.ToString() : "never",
                    StateOf(pack, standings, open, now),
                ])],
                "No pack of this workspace has a schedule.",
                LastIsSentence: true),
            new Section(
                "Due runs",
                [
                    new("business date", IsWhole: true), new("pack", IsWhole: true), new("slot", IsWhole: true), new("state", IsWhole: true), new("run"),
                    new("why"),
                ],
                [.. runs.Select(due => (IReadOnlyList<string>)
                [
                    ResultDocument.Iso(due.BusinessDate), due.PackId, due.Cause == DueCause.Backfill ? "backfill" : due.Slot.ToString(),
                    Word(due, now), due.RunId ?? "", due.Detail ?? "",
                ])],
                "Nothing was due yet.",
                LastIsSentence: true),
        ]);
        if (workspace.Workspace.Serve.IsClosed(now))
        {
            Console.Error.WriteLine("recon: a window of maintenance is open: no run begins before its end");
        }

        return ExitCode.Fine;
    }

    static string StateOf(ScheduledPack pack, IReadOnlyList<PackStanding> standings, IReadOnlyList<DueRun> open, Instant now)
    {
        var standing = standings.FirstOrDefault(known => known.PackId == pack.Id);
        if (standing is { PausedBy: { } by })
        {
            return $"paused by {by} since {standing.PausedAt}";
        }

        var first = open.FirstOrDefault(due => due.PackId == pack.Id);
        return first is not null ? $"{ResultDocument.Iso(first.BusinessDate)} is {Word(first, now)}"
            : standing is null ? "no service has looked yet"
            : "waits for its slot";
    }

    static string Word(DueRun due, Instant now) => due.State switch
    {
        DueState.Due when due.NotBefore > now && due.Detail is not null => $"waiting until {due.NotBefore}",
        DueState.Running => due.IsHeld(now) ? $"running on {due.Owner}" : $"left by {due.Owner}",
        _ => due.State.ToString().ToLowerInvariant(),
    };

    static Verb Next()
    {
        var next = new Verb("next",
            "Shows the next slots of each pack, with the business date of each.", "recon schedule next -w examples/production --limit 10",
            "recon schedule next --pack payments.card --after 2026-03-28T00:00:00Z")
        {
            Workspace, Options.Environment, Options.Parameters, OnlyPack, Count, After,
        };
        next.SetAction((parsed, cancellation) => Task.FromResult(ShowNext(parsed, cancellation)));
        return next;
    }

    static int ShowNext(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = Load(parsed, cancellation);
        var only = parsed.GetValue(OnlyPack);
        var after = parsed.GetValue(After) is { } text ? MomentOf(text) : Now();
        var rows = (only is null ? workspace.Packs : [workspace.Pack(only)])
            .SelectMany(pack => Upcoming(pack, after).Take(parsed.GetValue(Count)).Select(slot => (Pack: pack, Slot: slot)))
            .OrderBy(row => row.Slot.At).ThenBy(row => row.Pack.Id, StringComparer.Ordinal);
        Terminal.Print(
        [
            new Section(
                "Next slots",
                [new("slot", IsWhole: true), new("there", IsWhole: true), new("pack", IsWhole: true), new("business date", IsWhole: true)],
                [.. rows.Select(row => (IReadOnlyList<string>)
                [
                    row.Slot.At.ToString(), Local(row.Slot.At, row.Pack.Schedule.TimeZone), row.Pack.Id, ResultDocument.Iso(row.Slot.BusinessDate),
                ])],
                "No slot comes any more."),
        ]);
        return ExitCode.Fine;
    }

    static Verb Pause()
    {
        var pause = new Verb("pause",
            "From now on no run of the pack begins; one that runs goes on.", "recon schedule pause payments.card -w examples/production")
        {
            Pack, Workspace, Options.Environment, Options.Parameters,
        };
        pause.SetAction((parsed, cancellation) => Task.FromResult(Ask(
            parsed,
            (turn, pack) => Requests.Pause(turn, pack, Environment.UserName, Now())
                ? $"{pack} is paused; what is missed until 'recon schedule resume {pack}' falls under its misfire rule"
                : $"{pack} was paused already",
            cancellation)));
        return pause;
    }

    static Verb Resume()
    {
        var resume = new Verb("resume", "Runs of the pack begin again.", "recon schedule resume payments.card -w examples/production")
        {
            Pack, Workspace, Options.Environment, Options.Parameters,
        };
        resume.SetAction((parsed, cancellation) => Task.FromResult(Ask(
            parsed, (turn, pack) => Requests.Resume(turn, pack, Now()) ? $"{pack} runs again" : $"{pack} was not paused", cancellation)));
        return resume;
    }

    static Verb Backfill()
    {
        var backfill = new Verb("backfill",
            "Makes business dates due that have no run yet; the service runs them in their order.",
            "recon schedule backfill payments.card --from 2026-02-23 --to 2026-02-27 -w examples/production")
        {
            Pack, From, To, Workspace, Options.Environment, Options.Parameters,
        };
        backfill.SetAction((parsed, cancellation) => Task.FromResult(MakeDue(parsed, cancellation)));
        return backfill;
    }

    static int MakeDue(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = Load(parsed, cancellation);
        var pack = workspace.Pack(parsed.GetValue(Pack)!);
        var (from, to) = (CommonOptions.DateOf(parsed.GetValue(From), "--from")!.Value, CommonOptions.DateOf(parsed.GetValue(To), "--to")!.Value);
        CheckDates(from, to, pack.Schedule.TimeZone);

        var dates = pack.Slots.BusinessDatesBetween(from, to);
        using var runs = workspace.Workspace.OpenStore();
        var answers = workspace.Workspace.OpenSchedule().Turn(turn =>
            Requests.Backfill(turn, pack.Id, dates, date => runs.Revisions(pack.Id, date) > 0, Now()));
        foreach (var (date, answer) in answers)
        {
            Console.Out.WriteLine($"{ResultDocument.Iso(date)}  {Text(answer)}");
        }

        if (answers.Count == 0)
        {
            Console.Error.WriteLine($"recon: the schedule of {pack.Id} asks for no business date from {ResultDocument.Iso(from)} to {ResultDocument.Iso(to)}");
        }

        return ExitCode.Fine;
    }

    static void CheckDates(DateOnly from, DateOnly to, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).DateTime);
        var wrong = to < from ? "the first date comes first"
            : to.DayNumber - from.DayNumber > MostDays ? $"at most {MostDays} days at once"
            : to > today ? $"that day is to come; it is {ResultDocument.Iso(today)} in {zone.Id}"
            : null;
        if (wrong is not null)
        {
            throw new UsageException($"--from {ResultDocument.Iso(from)} --to {ResultDocument.Iso(to)}: {wrong}");
        }
    }

    const int MostDays = 3660;

    static string Text(BackfillAnswer answer) => answer switch
    {
        BackfillAnswer.Added => "is due now",
        BackfillAnswer.DueAgain => "is due again",
        BackfillAnswer.WasDue => "was due already",
        _ => "has a run: left as it is",
    };

    static int Ask(ParseResult parsed, Func<IScheduleTurn, string, string> ask, CancellationToken cancellation)
    {
        var workspace = Load(parsed, cancellation);
        var pack = workspace.Pack(parsed.GetValue(Pack)!).Id;
        Console.Out.WriteLine(workspace.Workspace.OpenSchedule().Turn(turn => ask(turn, pack)));
        return ExitCode.Fine;
    }

    static ScheduledWorkspace Load(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!) with { Environment = parsed.GetValue(Options.Environment) };
        return ScheduledWorkspace.Load(
            workspace,
            CommonOptions.PackOptionsOf(parsed.GetValue(Options.Environment), parsed.GetValue(Options.Parameters) ?? [], workspace.Calendars.Keys),
            cancellation);
    }

    static Slot? FirstAfter(ScheduledPack pack, Instant now) => Upcoming(pack, now).FirstOrDefault();

    // Nine years: even 29 February comes, but for the years around 1900 and 2100.
    static IEnumerable<Slot> Upcoming(ScheduledPack pack, Instant after) =>
        pack.Slots.Between(after, new Instant(after.UtcTicks + TimeSpan.FromDays(3288).Ticks));

    static Instant Now() => Instant.From(TimeProvider.System.GetUtcNow());

    static Instant MomentOf(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Instant.From(moment)
            : throw new UsageException($"--after {text}: write a moment as 2026-03-28T00:00:00Z");

    static string Local(Instant at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), zone).ToString("ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
