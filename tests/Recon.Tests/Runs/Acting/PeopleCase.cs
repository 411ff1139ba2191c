// Reads and plays the cases of the work of people: stories of several days with runs, acts and what stands after each.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Tests.Packs;
using Xunit;

namespace Recon.Tests.Runs.Acting;

/// <summary>
/// A case is a pack, a line <c>---</c> and the story, line by line. A source's name with rows below it (<c>| cell, cell</c>, in the order of
/// its fields) is what it delivers from now on; <c>run DATE</c> runs and lists what is not settled; <c>list …</c> lists
/// (<c>closed</c>, <c>overdue</c>, <c>assigned-to NAME</c>, <c>label NAME</c>); <c>show RECORD</c> tells the break of a record. All else is an act:
/// <c>NAME assigns|comments|labels|unlabels|extends|resolves|reopens RECORD [WORDS] [key KEY] [because REASON]</c> on the break of a record,
/// <c>proposals RECORD</c> shows what waits for an approval, and <c>NAME approves RECORD</c> what was shown last; <c>again</c> in the place of a
/// record means the break that was shown last, whatever became of it;
/// <c>NAME matches RECORD…</c>, or <c>NAME unmatches RECORD</c> on the match of a record. Each line is an hour after the one before, or after
/// <c>clock DATE</c>, which may go back: machines differ.
/// </summary>
sealed partial class PeopleCase
{
    readonly StringBuilder _told = new();
    readonly Pack _pack;
    readonly IRunStore _store;
    readonly Dictionary<string, IReadOnlyList<GivenRow>> _delivered = new(StringComparer.Ordinal);
    string _seen = "00000000";
    string _shown = "";
    DateTimeOffset _now = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    PeopleCase(string pack, IRunStore store)
    {
        var load = PackLoader.Load(new PackText("case.yaml", Encoding.UTF8.GetBytes(pack)), null, PackOptions.Default);
        Assert.Equal("", PackCase.Rendered(load));
        (_pack, _store) = (load.Pack!, store);
    }

    public static string Play(string path, IRunStore store)
    {
        var parts = File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n---\n");
        var played = new PeopleCase(parts[0], store);
        var lines = parts[1].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > 0 && lines[i][0] is not ('|' or '#'))
            {
                played.Step(lines[i], [.. lines.Skip(i + 1).TakeWhile(line => line.StartsWith('|')).Select(line => line[1..])]);
            }
        }

        Assert.Null(store.Verify());
        return played._told.ToString();
    }

    void Step(string line, string[] rows)
    {
        _now = _now.AddHours(1);
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (_pack.Sources.FirstOrDefault(source => source.Name == words[0]) is { } delivering)
        {
            _delivered[delivering.Name] = [.. rows.Select(row => RowOf(delivering, row))];
            return;
        }

        Tell($"> {line}");
        try
        {
            Do(words);
        }
        catch (ReconException refused)
        {
            Tell($"refused: {refused.Message}");
        }
    }

    void Do(string[] words)
    {
        switch (words)
        {
            case ["run", var date]:
                Run(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case ["clock", var day]:
                _now = new DateTimeOffset(DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeSpan.Zero);
                break;
            case ["list", .. var which]:
                List(BreakQuery.All with
                {
                    WithSettled = false,
                    Closed = which is ["closed"],
                    IsOverdue = which is ["overdue"],
                    AssignedTo = which is ["assigned-to", var name] ? name : null,
                    Label = which is ["label", var label] ? label : null,
                });
                break;
            case ["show", var record]:
                Show(_store.FindBreak(BreakOf(record))!);
                break;
            case ["proposals", var record]:
                Propose(record);
                break;
            default:
                Act(words);
                break;
        }
    }

    void Run(DateOnly date)
    {
        var expect = new Expectation(null, null, null, null, null, false, null);
        var test = new PackTest("people", null, null, false, _delivered, expect, new Place("people", 1, 1, 1, ""));
        var calendars = new Dictionary<string, BusinessCalendar> { ["TARGET2"] = BusinessCalendar.Target2 };
        var outcome = new Runner(new GivenReader(test, RowOrder.AsWritten), _store).Run(
            new RunRequest(
                _pack, NoCompiledRules.Instance, date, calendars, new Dictionary<string, bool>(), Threads: 1, QueuesPostings: true, _now, By: "night"),
            CancellationToken.None);
        Tell($"revision {outcome.Record.Head.Revision}{(outcome.IsReinstated ? ", stands again" : outcome.WasRecorded ? ", as recorded" : "")}");
        foreach (var reject in outcome.Record.Rejects)
        {
            Tell($"  reject {reject.Source}:{reject.Id} {reject.Reason}");
        }

        foreach (var match in MatchView.All(outcome.Record))
        {
            Tell($"  matched by {match.Pass}: {string.Join(" ~ ", match.Records)}");
        }

        foreach (var notice in outcome.Record.Notices)
        {
            Tell($"  notice: {notice}");
        }

        foreach (var posting in outcome.Record.Posts)
        {
            Tell($"  posting {posting.Amount} {ResultDocument.Word(posting.State)}");
        }

        List(BreakQuery.All with { WithSettled = false });
    }

    void Propose(string record)
    {
        _shown = record == "again" ? _shown : BreakOf(record);
        foreach (var proposal in new ApprovalDesk(_store).Of(_shown).Proposals)
        {
            var by = string.Join(", ", proposal.Approved.Select(act => act.By));
            Tell($"  {ApprovalDesk.EntryOf(proposal.Posting)}, {ResultDocument.Word(proposal.Posting.State)}, owner {proposal.Posting.Owner ?? "nobody"},"
                + $" {proposal.Approved.Count} of {proposal.Posting.Approvals} approvals ({by}){(proposal.Objection is { } no ? $": {no}" : "")}");
            _seen = proposal.Hash;
        }

        foreach (var entry in _store.PostingsFor(_shown))
        {
            Tell($"  outbox: {entry.Debit} / {entry.Credit} {entry.Amount} {ResultDocument.Word(entry.State)}");
        }
    }

    void Act(string[] words)
    {
        var because = Array.IndexOf(words, "because");
        var reason = because < 0 ? null : string.Join(' ', words[(because + 1)..]);
        var said = because < 0 ? words : words[..because];
        var key = Array.IndexOf(said, "key");
        var actor = new Actor(said[0], reason, _now, key < 0 ? null : said[key + 1]);
        said = key < 0 ? said : said[..key];
        var outcome = said[1] switch
        {
            "matches" => new MatchDesk(_store).Match(packId: null, said[2..], actor),
            "unmatches" => new MatchDesk(_store).Unmatch(MatchOf(said[2])[..8].ToUpperInvariant(), actor),
            var act => OnBreak(act, said[2] == "again" ? _shown : BreakOf(said[2]), string.Join(' ', said[3..]), actor),
        };
        Tell($"act {outcome.Act.Number}{(outcome.WasRecorded ? ", done before" : "")}");
    }

    ActOutcome OnBreak(string act, string id, string rest, Actor actor)
    {
        var desk = new BreakDesk(_store);
        return act switch
        {
            "assigns" => desk.Assign(id, rest == BreakWork.Nobody ? null : rest, actor),
            "comments" => desk.Comment(id, rest, actor),
            "labels" => desk.Label(id, rest, actor),
            "unlabels" => desk.Unlabel(id, rest, actor),
            "extends" => desk.Extend(id, DateOnly.ParseExact(rest, "yyyy-MM-dd", CultureInfo.InvariantCulture), actor),
            "resolves" => desk.Resolve(id, actor),
            "reopens" => desk.Reopen(id, actor),
            "approves" => new ApprovalDesk(_store).Approve(id, _seen[..8].ToUpperInvariant(), actor),
            _ => throw new FormatException($"'{act}' is no act"),
        };
    }

    // By a record of it, in the newest run that has it; what no run has yet, by the act.
    string MatchOf(string record) => RunHead.Standing(_store.Runs(_pack.Id, int.MaxValue))
        .SelectMany(run => MatchView.All(_store.FindRun(run.Id)!.Record))
        .Where(match => match.Records.Any(member => member.Id == record)).Select(match => match.Id)
        .Concat(_store.Acts(_pack.Id).Where(act => act.Detail.Records?.Any(member => member.Id == record) == true).Select(act => act.Subject))
        .FirstOrDefault() ?? throw new ReconException($"no match has {record}", FaultKind.NotFound);

    void List(BreakQuery query)
    {
        var page = _store.Breaks(query);
        foreach (var stored in page.Breaks)
        {
            var item = stored.Break;
            var closed = stored.ClosedBy is null ? "" : " (closed)";
            Tell($"  {string.Join(" ~ ", item.Records)} {item.Class} ({ResultDocument.Word(item.Status)}){closed}: {item.Reason}");
        }

        if (page.Breaks.Count == 0)
        {
            Tell("  nothing");
        }
    }

    void Show(StoredBreak stored)
    {
        var due = stored.Break switch
        {
            { Due: { } day } => $"due {ResultDocument.Iso(day)}",
            { WasDue: { } day } => $"was due {ResultDocument.Iso(day)}",
            _ => "no deadline",
        };
        Tell($"  {stored.Break.Class}, {due}, assigned to {stored.AssignedTo ?? "nobody"}, labels [{string.Join(", ", stored.Labels)}]");
        foreach (var act in stored.Acts)
        {
            Tell($"  act {act.Number} {ActLedger.Word(act.Kind)} by {act.By}{(act.Reason is null ? "" : $": {act.Reason}")}");
        }
    }

    // Of several breaks of one record, the one that stands.
    string BreakOf(string record)
    {
        var all = _store.Breaks(BreakQuery.All with { Closed = true }).Breaks;
        return (all.FirstOrDefault(stored => stored.Break.Records.Any(id => id.Id == record))
            ?? throw new ReconException($"no break has {record}", FaultKind.NotFound)).Break.Id;
    }

    static GivenRow RowOf(SourceSpec source, string row)
    {
        var cells = row.Split(',', StringSplitOptions.TrimEntries);
        var fields = source.Fields.Where(field => field.Derived is null).Select(field => field.Name);
        return new GivenRow([.. fields.Zip(cells, KeyValuePair.Create)], new Place("people", 1, 1, 1, ""));
    }

    // Ids say nothing to a reader.
    void Tell(string text) => _told.Append(Id().Replace(text, "…")).Append('\n');

    [GeneratedRegex("[0-9a-f]{16,}")]
    private static partial Regex Id();
}
