// recon breaks: what stands, one break with its life, and what people do about it.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Reports.Sections;
using Recon.Runs.Acting;
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

static class BreaksCommand
{
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> Pack = new("--pack") { Description = "Only breaks of the pack with this id" };
    static readonly Option<string?> Class = new("--class") { Description = "Only breaks of this class" };
    static readonly Option<string?> StatusOption = new("--status")
    {
        Description = "Only breaks of this status; what is settled is listed only if asked for, so or by its class",
    };

    static readonly Option<bool> Closed = new("--closed")
    {
        Description = "Also breaks that a later run or a person closed or, if what is settled is asked for, an earlier date settled",
    };
    static readonly Option<string?> AssignedTo = new("--assigned-to")
    {
        Description = $"Only breaks that this person works on, by assign or by the pack; '{BreakWork.Nobody}': those that nobody does",
    };

    static readonly Option<string?> Label = new("--label") { Description = "Only breaks that have this label" };
    static readonly Option<bool> Overdue = new("--overdue") { Description = "Only breaks that missed a deadline and are not settled" };
    static readonly Option<int> Limit = CommonOptions.Limit("How many, the gravest first", usual: 200);
    static readonly Argument<string> Id = new("BREAK") { Description = "A break id or its first digits" };

    internal static Command Create()
    {
        var breaks = new Verb("breaks", "What does not match, and why; and the work of people on it.") { List(), Show() };
        foreach (var act in BreakActs.All)
        {
            breaks.Subcommands.Add(act);
        }

        return breaks;
    }

    static Command List()
    {
        StatusOption.AcceptOnlyFromAmong([.. Enum.GetValues<Status>().Select(ResultDocument.Word)]);
        var list = new Verb("list",
            "Lists the breaks of the newest run of each pack and what earlier dates left, the gravest first.",
            "recon breaks list -w examples/card-payments",
            "recon breaks list -w examples/card-payments --status suspicious",
            "recon breaks list -w examples/card-payments --assigned-to anna --overdue")
        {
            Workspace, CommonOptions.Store, Pack, Class, StatusOption, AssignedTo, Label, Overdue, Closed, Limit,
        };
        list.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var (pack, name, status) = (parsed.GetValue(Pack), parsed.GetValue(Class), StatusOf(parsed.GetValue(StatusOption)));
            StaleNotice.Tell(store, pack);
            var page = store.Breaks(new BreakQuery(pack, name, status, parsed.GetValue(Closed), parsed.GetValue(Limit))
            {
                WithSettled = name is not null || status is not null,
                AssignedTo = parsed.GetValue(AssignedTo),
                Label = parsed.GetValue(Label),
                IsOverdue = parsed.GetValue(Overdue),
            });
            if (page.Breaks.Count == 0)
            {
                TellUnknownPack(store, pack);
                TellUnknownClass(store, name);
            }

            Terminal.Print(RunSections.OfBreaks(page.Breaks, page.Left));
            return ExitCode.Fine;
        });
        return list;
    }

    /// <summary>Says on stderr that no run of a pack is recorded, where one is named.</summary>
    internal static void TellUnknownPack(IRunStore store, string? pack)
    {
        if (pack is not null && store.Runs(pack, limit: 1).Count == 0)
        {
            TellUnknown($"no run of a pack {pack} is recorded", pack, store.Runs(null, int.MaxValue).Select(run => run.PackId));
        }
    }

    static void TellUnknownClass(IRunStore store, string? name)
    {
        if (name is null)
        {
            return;
        }

        var known = store.Breaks(BreakQuery.All with { Closed = true }).Breaks.Select(item => item.Break.Class)
            .Append(BuiltInClasses.Withdrawn).Append(BuiltInClasses.Resolved)
            .Append(BuiltInClasses.PostingMissing).Append(BuiltInClasses.PostingAltered).ToHashSet(StringComparer.Ordinal);
        if (!known.Contains(name))
        {
            TellUnknown($"no break has the class {name}", name, known.Order(StringComparer.Ordinal));
        }
    }

    static void TellUnknown(string what, string name, IEnumerable<string> known)
    {
        var hint = NearestName.Hint(name, known);
        Console.Error.WriteLine($"recon: {what}{(hint is null ? "" : $"; {hint}")}");
    }

    static Status? StatusOf(string? word) =>
        word is null ? null : Enum.GetValues<Status>().First(status => ResultDocument.Word(status) == word);

    static Command Show()
    {
        var show = new Verb("show",
            "Shows one break: its records, value, reason, deadline, history, and what people did.", "recon breaks show 9c1e -w examples/card-payments")
        {
            Id, Workspace, CommonOptions.Store,
        };
        show.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var found = store.FindBreak(parsed.GetValue(Id)!)
                ?? throw new ReconException(
                    $"no break {parsed.GetValue(Id)}; 'recon breaks list' shows what there is{HexPrefix.Hint(parsed.GetValue(Id)!)}", FaultKind.NotFound);
            List<Section> sections = [Facts(found), History(found)];
            if (found.Acts.Count > 0)
            {
                sections.Add(ActSections.Of(found.Acts));
            }

            if (store.PostingsFor(found.Break.Id) is { Count: > 0 } postings)
            {
                sections.Add(Postings(postings));
            }

            Terminal.Print([.. sections]);
            return ExitCode.Fine;
        });
        return show;
    }

    static Section Facts(StoredBreak found)
    {
        var item = found.Break;
        var rows = new List<IReadOnlyList<string>>
        {
            Row("pack", found.PackId),
            Row("leg", string.Join(" ~ ", item.Leg)),
            Row("class", $"{item.Class} ({ResultDocument.Word(item.Status)}, tier {ResultDocument.Word(item.Tier)})"),
            Row("why", item.Reason),
            Row("value", RunSections.Values(item.Value)),
            Row("since", ResultDocument.Iso(item.Born)),
            Row("due", Deadline(found)),
            Row("assigned to", found.AssignedTo ?? BreakWork.Nobody),
        };
        if (found.Labels.Count > 0)
        {
            rows.Add(Row("labels", string.Join(", ", found.Labels)));
        }

        rows.AddRange(item.Records.Select(record => Row("record", record.ToString())));
        rows.AddRange(item.Differences.Select(difference => Row("difference", $"{difference.Fields}: {difference.Value}")));
        if (found.SupersededBy is { } standing)
        {
            rows.Add(Row(
                "superseded",
                $"the run that had it, {found.RunId} of {ResultDocument.Iso(found.BusinessDate)}, is superseded by revision"
                + $" {standing.Revision}, run {standing.Id}, which does not have it"));
        }

        if (found.ClosedBy is not null)
        {
            rows.Add(Row("closed by", $"run {found.ClosedBy}"));
        }

        return new Section($"Break {item.Id}", [new(""), new("")], rows, "");
    }

    // What people said since the run is what the next one judges by.
    static string Deadline(StoredBreak found)
    {
        var said = found.Break switch
        {
            { Due: { } due } => ResultDocument.Iso(due),
            { WasDue: { } due } => $"it was due {ResultDocument.Iso(due)}",
            _ => "no deadline",
        };
        return found.Acts.LastOrDefault(act => act.Kind == ActKind.Extend) is { Detail.Until: { } until } extension
            && until != (found.Break.Due ?? found.Break.WasDue)
            ? $"{said}; extended to {ResultDocument.Iso(until)} by {extension.By}, the next run judges by it"
            : said;
    }

    static Section History(StoredBreak found) => new(
        "Its life",
        [new("business date"), new("run", IsWhole: true), new("class"), new("status"), new("tier")],
        [.. found.History.Select(entry => (IReadOnlyList<string>)
        [
            ResultDocument.Iso(entry.BusinessDate), entry.IsSuperseded ? $"{entry.RunId} (superseded)" : entry.RunId, entry.Class,
            ResultDocument.Word(entry.Status), ResultDocument.Word(entry.Tier),
        ])],
        "No runs.");

    static Section Postings(IReadOnlyList<OutboxEntry> postings) => new(
        "Its postings, as they stand now",
        [new("posting", IsWhole: true), new("state"), new("to"), new("debit"), new("credit"), new("amount"), new("first run")],
        [.. postings.Select(posting => (IReadOnlyList<string>)
        [
            posting.Key[..8], posting.Word, posting.To, posting.Debit, posting.Credit, posting.Amount.ToString(), posting.RunId,
        ])],
        "");

    static IReadOnlyList<string> Row(string name, string value) => [name, value];
}
