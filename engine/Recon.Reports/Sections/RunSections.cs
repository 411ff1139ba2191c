// A run as sections: what was read, matched, is open and why, would be posted and is at risk.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

public static class RunSections
{
    // A break of a thousand members is named by its first ones.
    const int RecordsShown = 4;

    /// <summary>The run in one line: which pack, which date, which revision.</summary>
    public static string Title(RunRecord record)
    {
        var head = record.Head;
        var state = head.State switch { RunState.Flagged => " · flagged by a control", RunState.Undone => " · undone", _ => "" };
        return $"{head.PackId} {head.PackVersion} · business date {ResultDocument.Iso(head.BusinessDate)}"
            + $" · revision {Count(head.Revision)} · run {head.Id}{state}";
    }

    /// <summary>The result in one line: of records, then of breaks, then of postings, so that each adds up.</summary>
    public static string Verdict(RunRecord record)
    {
        var scope = record.Sources.Sum(source => (long)source.New + source.Carried);
        var matched = record.Sources.Sum(source => (long)source.Matched);
        var inPart = record.Sources.Sum(source => source.Legs.Sum(leg => (long)leg.Residuals));
        var share = scope == 0 ? "" : $" ({Percent(matched, scope)})";
        var postings = record.Posts.Count(post => post.State != PostingState.Withdrawn);
        return $"{Count(matched)} of {Count(scope)} records {(inPart == 0 ? "fully matched" : "matched")}{share}"
            + $"{(inPart == 0 ? "" : $", {Count(inPart)} of them in part")}, {Count(scope - matched)} open"
            + $" · {BreakCounts(Standing(record))}"
            + $" · {(postings == 0 ? "nothing to post" : Plural(postings, "posting"))}";
    }

    static string BreakCounts(List<Break> standing)
    {
        var statuses = standing.GroupBy(item => item.Status).OrderByDescending(group => group.Key)
            .Select(group => $"{Count(group.Count())} {(group.Key == Status.Settled ? "to be settled by people" : ResultDocument.Word(group.Key))}");
        return standing.Count == 0 ? "no breaks" : $"{Plural(standing.Count, "break")}: {string.Join(", ", statuses)}";
    }

    static Section RuleCosts(IReadOnlyList<RuleCost> costs) => new(
        "What the C# of the rules took",
        [new("rule", IsWhole: true), new("asked", true), new("records gone through", true), new("characters made", true)],
        [.. costs.Select(cost => (IReadOnlyList<string>)[cost.Rule, Count(cost.Evaluations), Count(cost.Steps), Count(cost.Characters)])],
        "No rule was asked.")
    {
        IsFolded = true,
    };

    static List<Break> Standing(RunRecord record) => [.. record.Breaks.Where(item => !item.IsSettled)];

    /// <summary>All sections in reading order.</summary>
    public static IReadOnlyList<Section> Of(RunRecord record, ReportOptions options)
    {
        List<Section> sections =
        [
            Read(record), Matched(record), .. options.Assessment is { } assessment ? AssessmentSections.Of(assessment) : [],
            Classes(record), Breaks(record, options),
            .. record.Breaks.Any(item => item.IsSettled) ? (Section[])[Settled(record, options)] : [],
            Posts(record), .. RiskSections.Of(record),
        ];
        if (record.RuleCosts.Count > 0)
        {
            sections.Add(RuleCosts(record.RuleCosts));
        }

        if (record.Rejects.Count > 0)
        {
            sections.Add(Rejects(record));
        }

        if (record.Duplicates.Count > 0)
        {
            sections.Add(DuplicateSections.Of(record));
        }

        if (record.Controls.Count > 0)
        {
            sections.Add(Controls(record));
        }

        if (record.Closed.Count > 0)
        {
            sections.Add(Closed(record));
        }

        return sections;
    }

    /// <summary>Breaks of the store as one section, for <c>breaks list</c>.</summary>
    /// <param name="left">How many more there are.</param>
    public static Section OfBreaks(IReadOnlyList<StoredBreak> breaks, int left) => new(
        "Breaks",
        [
            new("break", IsWhole: true), new("status", IsWhole: true), new("class", IsWhole: true), new("tier", IsLesser: true),
            new("since", IsWhole: true), new("records"), new("value", true), new("pack"), new("why"),
        ],
        [.. breaks.Select(item => (IReadOnlyList<string>)
        [
            ShortId(item.Break.Id),
            ResultDocument.Word(item.Break.Status),
            item.Break.Class,
            ResultDocument.Word(item.Break.Tier),
            ResultDocument.Iso(item.Break.Born),
            RecordNames(item.Break.Records),
            Values(item.Break.Value),
            item.PackId,
            item.ClosedBy is null ? item.Break.Reason : $"closed by run {item.ClosedBy}; {item.Break.Reason}",
        ])],
        "No breaks.",
        left > 0 ? $"{Count(left)} more: --limit, --class and --status choose" : null,
        LastIsSentence: true);

    public static string RecordNames(IReadOnlyList<RecordId> records)
    {
        var shown = string.Join(" ~ ", records.Take(RecordsShown));
        return records.Count > RecordsShown ? $"{shown} and {Count(records.Count - RecordsShown)} more" : shown;
    }

    public static string Values(IEnumerable<Money> values) => string.Join(", ", values);

    // Enough digits to find it again: commands take any unique beginning.
    static string ShortId(string id) => id[..8];

    static Section Read(RunRecord record) => new(
        "What was read",
        [
            new("source"), new("read", true), new("rejected", true), new("excluded", true, IsLesser: true),
            new("known", true, IsLesser: true), new("new", true), new("carried", true, IsLesser: true), new("matched", true), new("open", true),
        ],
        [.. record.Sources.Select(source => (IReadOnlyList<string>)
        [
            source.Name, Count(source.Read), Count(source.Rejected), Count(source.Excluded), Count(source.Known),
            Count(source.New), Count(source.Carried), Count(source.Matched), Count(source.Open),
        ])],
        "No source.",
        ReadNotes(record));

    static string? ReadNotes(RunRecord record)
    {
        var lines = record.Sources.SelectMany(source => source.Exclusions
            .Select(exclusion => $"{source.Name}: {Count(exclusion.Count)} excluded, {Why(exclusion)}").Concat(source.Files.SelectMany(
                file => Joined(file).Select(line => $"{source.Name}: {line}")))).ToList();
        return lines.Count == 0 ? null : string.Join("\n", lines);
    }

    static IEnumerable<string> Joined(InputFile file) =>
    [
        .. file.Joined > 0 ? (string[])[$"{Plural(file.Joined, "row")} joined by the server; what no rule asks of a match stayed there"] : [],
        .. file.NotJoined is { } why ? (string[])[$"read whole, not joined by the server: {PlainText.OneLine(why)}"] : [],
    ];

    static string Why(ExclusionCount exclusion) => exclusion.Pass is { } pass
        ? $"because pass {pass} found that they repeat another record"
        : $"where this does not hold: {PlainText.OneLine(exclusion.Condition)}";

    static Section Matched(RunRecord record) => new(
        "What matched",
        [new("pass"), new("leg"), new("matches", true), new("records", true), new("ambiguous", true)],
        [.. record.Passes.Select(pass => (IReadOnlyList<string>)
        [
            pass.Id, string.Join(" ~ ", pass.Leg), Count(pass.Matches),
            string.Join(" + ", pass.Records.Select(records => Count(records))), Count(pass.Ambiguous),
        ])],
        "No pass.",
        Notes(record));

    static string? Notes(RunRecord record)
    {
        var alternatives = record.Passes.Where(pass => pass.Alternatives > 0).Select(pass =>
            $"{pass.Id}: in {Count(pass.Alternatives)} {(pass.Alternatives == 1 ? "place" : "places")} another choice was as good;"
            + " the ids decided");
        var lines = record.Passes.Where(pass => pass.Capped > 0).Select(pass =>
            $"{pass.Id}: {Count(pass.Capped)} {(pass.Capped == 1 ? "key has" : "keys have")} more candidates than the pass can weigh;"
            + " it decided nothing about their records").Concat(alternatives).Concat(LeftOpen(record)).ToList();
        return lines.Count == 0 ? null : string.Join("\n", lines);
    }

    static IEnumerable<string> LeftOpen(RunRecord record) => record.Sources.SelectMany(source => source.Legs
        .Where(leg => leg.Residuals > 0)
        .Select(leg => $"{source.Name} toward {string.Join(" and ", leg.Toward)}: {Count(leg.Residuals)}"
            + $" {(leg.Residuals == 1 ? "record is" : "records are")} matched in part; what is left of {(leg.Residuals == 1 ? "it" : "them")} is open"));

    static Section Classes(RunRecord record) => new(
        "What is left, by class",
        [new("status"), new("class"), new("tier"), new("breaks", true), new("net", true)],
        [.. Standing(record)
            .GroupBy(item => (item.Status, item.Class, item.Tier))
            .OrderByDescending(group => group.Key.Status).ThenBy(group => group.Key.Class, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Tier)
            .Select(group => (IReadOnlyList<string>)
            [
                ResultDocument.Word(group.Key.Status), group.Key.Class, ResultDocument.Word(group.Key.Tier),
                Count(group.Count()), Sums(group.Where(item => item.Kind != BreakKind.Withdrawn).SelectMany(item => item.Value)),
            ])],
        "Nothing.");

    static Section Settled(RunRecord record, ReportOptions options) => new(
        "What is settled, by class",
        [new("class"), new("tier"), new("settled", true), new("with a difference", true), new("net", true)],
        [.. record.Breaks.Where(item => item.IsSettled)
            .GroupBy(item => (item.Class, item.Tier))
            .OrderBy(group => group.Key.Class, StringComparer.Ordinal).ThenBy(group => group.Key.Tier)
            .Select(group => (IReadOnlyList<string>)
            [
                group.Key.Class, ResultDocument.Word(group.Key.Tier), Count(group.Count()),
                Count(group.Count(item => item.Differences.Count > 0)), Sums(group.SelectMany(item => item.Value)),
            ])],
        "Nothing.",
        $"recon breaks list --status settled{options.Workspace} lists them");

    static Section Breaks(RunRecord record, ReportOptions options)
    {
        var standing = Standing(record);
        var rows = BreakOrder.GravestFirst(standing, item => item).Take(options.BreaksShown).Select(item => (IReadOnlyList<string>)
        [
            ShortId(item.Id), ResultDocument.Word(item.Status), item.Class, RecordNames(item.Records), Values(item.Value),
            item.Due is DateOnly due ? ResultDocument.Iso(due) : "", item.Reason,
        ]).ToList();
        var left = standing.Count - rows.Count;
        return new Section(
            "Breaks, the gravest status first, then the oldest",
            [
                new("break", IsWhole: true), new("status", IsWhole: true), new("class", IsWhole: true), new("records"), new("value", true),
                new("due", IsWhole: true), new("why"),
            ],
            rows,
            "None.",
            left > 0 ? $"{Count(left)} more: recon breaks list{options.Workspace}, or --out html=report.html" : null,
            LastIsSentence: true);
    }

    static Section Posts(RunRecord record) => new(
        "What is posted, or would be",
        [new("state"), new("to"), new("debit"), new("credit"), new("amount", true), new("rule"), new("records"), new("why")],
        [.. record.Posts.Select(post => (IReadOnlyList<string>)
        [
            ResultDocument.Word(post.State), post.To, post.Debit, post.Credit, post.Amount.ToString(), post.Rule,
            RecordNames(post.Records),
            Why(post),
        ])],
        "Nothing.");

    /// <summary>Why a posting is in its state, and which run decided so where that was not this one; empty where the rule alone did.</summary>
    internal static string Why(Posting post) => post switch
    {
        { FirstRun: null } => post.Reason ?? "",
        { Reason: null } => $"already decided by run {post.FirstRun}",
        _ when post.Reason.Contains(post.FirstRun, StringComparison.Ordinal) => post.Reason,
        _ => $"{post.Reason}; already decided by run {post.FirstRun}",
    };

    static Section Rejects(RunRecord record) => new(
        "Rows that were rejected",
        [new("source"), new("place"), new("reason")],
        [.. ByPlace(record.Rejects).Take(RejectsShown).Select(reject => (IReadOnlyList<string>)
        [
            reject.Source,
            reject.Line is { } line ? $"{reject.File}:{Count(line)}" : reject.File ?? "",
            reject.Reason,
        ])],
        "None.",
        record.Rejects.Count > RejectsShown ? $"{Count(record.Rejects.Count - RejectsShown)} more in the JSON result" : null);

    // As somebody goes through the files; the JSON keeps the canonical order.
    static IEnumerable<Reject> ByPlace(IEnumerable<Reject> rejects) =>
        rejects.OrderBy(reject => reject.File, StringComparer.Ordinal).ThenBy(reject => reject.Line);

    const int RejectsShown = 50;

    static Section Controls(RunRecord record) => new(
        "Controls",
        [new("source"), new("control"), new("outcome"), new("detail")],
        [.. record.Controls.Select(control => (IReadOnlyList<string>)
            [control.Source, control.Control, ResultDocument.Word(control.Outcome), control.Detail])],
        "None.");

    static Section Closed(RunRecord record) => new(
        "Breaks of earlier runs that are closed",
        [new("break"), new("how")],
        [.. record.Closed.Select(closed => (IReadOnlyList<string>)[closed.Id, closed.How])],
        "None.");

    static string Sums(IEnumerable<Money> values) => string.Join(", ", MoneySums.Of(values).Select(sum => $"{sum.Total} {sum.Currency}"));

    internal static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Plural(long number, string noun) => $"{Count(number)} {noun}{(number == 1 ? "" : "s")}";

    // Rounded half up; but 100 % says that all matched, and 0 % that nothing did.
    internal static string Percent(long part, long whole)
    {
        var tenths = ((part * 2000) + whole) / (whole * 2);
        tenths = part == whole || part == 0 ? tenths : Math.Clamp(tenths, 1, 999);
        return $"{tenths / 10}.{tenths % 10} %";
    }
}
