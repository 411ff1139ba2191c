// A plan as sections: what changed rules would do to records, breaks, postings and money.
using System.Globalization;
using Recon.Model;
using Recon.Reports.Html;
using Recon.Runs.Planning;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

public static class PlanSections
{
    // Nobody reads more of a kind in a pull request; the JSON has all.
    const int MostShown = 25;

    public static Page Of(RulePlan plan) => new(Title(plan), Verdict(plan),
    [
        Figures(plan),
        .. plan.Gates.Count > 0 ? (Section[])[Gates(plan)] : [],
        .. LookFirst(plan),
        .. plan.KnowsChanges ? (Section[])[Changes(plan)] : [],
        .. plan.Difference.Moved.Count > 0 ? (Section[])[Flow(plan)] : [],
        .. plan.Difference.Moved.Count > 0 && plan.KnowsChanges ? (Section[])[Causes(plan)] : [],
        NeverHit(plan),
        Cost(plan),
    ])
    {
        Charts = plan.Difference.Moved.Count > 0 ? [("Records that would end otherwise, before and after", ChartOf(plan.Difference))] : [],
    };

    static string ChartOf(PlanDifference difference) => FlowChart.Of("Records that would end otherwise, before and after",
    [
        .. difference.Moved.GroupBy(record => (
                Before: $"{record.Base?.Word ?? "not there"}\n{record.Leg}", After: $"{record.Head?.Word ?? "not there"}\n{record.Leg}",
                Style: record.IsLost ? "lost" : record.IsGained ? "gained" : "moved"))
            .Select(same => new Flow(same.Key.Before, same.Key.After, same.Count(), same.Key.Style)),
    ]);

    static string Title(RulePlan plan)
    {
        var (before, after) = (plan.Difference.Base.Head, plan.Difference.Head.Head);
        return $"{after.PackId} {before.PackVersion} → {after.PackVersion} · business date {ResultDocument.Iso(after.BusinessDate)} · base {plan.Base}"
            + (plan.Data.Length > 0 ? $" · on {plan.Data}" : "");
    }

    internal static string Verdict(RulePlan plan)
    {
        var difference = plan.Difference;
        var met = plan.Gates.Where(gate => gate.IsMet).Select(gate => $"{gate.Gate} (found {gate.Found})").ToList();
        string?[] parts =
        [
            plan.IsHeld ? $"Needs a second approver: {string.Join(", ", met)}" : null,
            plan is { MeetsGate: true, IsHeld: false } ? $"Approved by {plan.ApprovedBy}: {string.Join(", ", met)}" : null,
            difference.IsNothing ? "Nothing changes on these data: every record ends as before, and nothing else would be posted"
                : $"{Plural(difference.Moved.Count, "record")} of {Count(Records(difference.Head))} would end otherwise",
            difference.MatchesLost > 0 ? $"{Plural(difference.MatchesLost, "match", "matches")} lost" : null,
            difference switch
            {
                { BreaksNew.Count: 0, BreaksGone.Count: 0 } => null,
                { BreaksNew.Count: 0 } => $"{Plural(difference.BreaksGone.Count, "break")} gone",
                { BreaksGone.Count: 0 } => $"{Plural(difference.BreaksNew.Count, "break")} new",
                _ => $"{Plural(difference.BreaksNew.Count, "break")} new, {Count(difference.BreaksGone.Count)} gone",
            },
            difference.Postings.Count(posting => posting.IsAdded) is var added and > 0 ? $"{Plural(added, "posting")} more without a person" : null,
            difference.Postings.Count(posting => posting.IsGone) is var gone and > 0 ? $"{Plural(gone, "posting")} less" : null,
            plan.IsVersionTooSmall ? VersionRemark(plan) : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    internal static string VersionRemark(RulePlan plan) => $"the version goes {Step(plan.Written)}, what changes needs {Step(plan.Needed)}";

    static string Step(VersionStep step) => step == VersionStep.None ? "no step" : $"a {PlanDocument.Word(step)} step";

    static Section Figures(RulePlan plan)
    {
        var (before, after) = (plan.Difference.Base, plan.Difference.Head);
        List<IReadOnlyList<string>> rows =
        [
            Figure("records", Records(before), Records(after)),
            Figure("records fully matched", Matched(before), Matched(after)),
            Figure("breaks", Standing(before), Standing(after)),
            Figure("breaks for people", PlanFigures.ForPeople(before), PlanFigures.ForPeople(after)),
            Figure("postings without a person", Queued(before), Queued(after)),
        ];
        rows.AddRange(MoneyRows("of them", PlanFigures.Queued(before), PlanFigures.Queued(after)));
        var (open, opened) = (PlanFigures.Open(before), PlanFigures.Open(after));
        rows.AddRange(MoneyRows("at risk, net", [.. open.Select(sum => (sum.Currency, sum.Net))], [.. opened.Select(sum => (sum.Currency, sum.Net))]));
        rows.AddRange(MoneyRows(
            "at risk, absolute", [.. open.Select(sum => (sum.Currency, sum.Absolute))], [.. opened.Select(sum => (sum.Currency, sum.Absolute))]));
        return new Section("Before and after", [new(""), new("base", true), new("head", true), new("change", true)], rows, "");
    }

    static IReadOnlyList<string> Figure(string name, long before, long after) =>
        [name, Count(before), Count(after), after == before ? "" : (after - before).ToString("+#,0;-#,0", CultureInfo.InvariantCulture)];

    static IEnumerable<IReadOnlyList<string>> MoneyRows(
        string name, IReadOnlyList<(Currency Currency, ExactTotal Total)> before, IReadOnlyList<(Currency Currency, ExactTotal Total)> after)
    {
        foreach (var currency in before.Concat(after).Select(sum => sum.Currency).Distinct().OrderBy(currency => currency.Code, StringComparer.Ordinal))
        {
            var (earlier, later) = (TotalOf(before, currency), TotalOf(after, currency));
            var change = later + new ExactTotal(-earlier.Units, earlier.Scale);
            var sign = change.Units.Sign > 0 ? "+" : "";
            yield return [$"{name}, {currency.Code}", earlier.ToString(), later.ToString(), change.IsZero ? "" : $"{sign}{change}"];
        }
    }

    static ExactTotal TotalOf(IReadOnlyList<(Currency Currency, ExactTotal Total)> sums, Currency currency) =>
        sums.FirstOrDefault(sum => sum.Currency == currency).Total;

    static Section Gates(RulePlan plan) => new(
        "Gates of the rules before",
        [new("gate"), new("found"), new("met")],
        [.. plan.Gates.Select(gate => (IReadOnlyList<string>)[gate.Gate, gate.Found, gate.IsMet ? "beyond it" : "within"])],
        "");

    static IEnumerable<Section> LookFirst(RulePlan plan)
    {
        var difference = plan.Difference;
        var lost = difference.Moved.Where(record => record.IsLost).ToList();
        if (lost.Count > 0)
        {
            yield return Listed("Look at these first: records whose match is lost", [new("record", IsWhole: true), new("leg"), new("matched by"), new("now")],
                lost, record => [record.Record.ToString(), record.Leg, record.Base!.Pass ?? "", record.Head?.Word ?? "no record of this leg any more"]);
        }

        var added = difference.Postings.Where(posting => posting.IsAdded).ToList();
        if (added.Count > 0)
        {
            yield return Listed("Look at these first: postings that the engine would make by itself",
                [new("key", IsWhole: true), new("rule"), new("amount", true), new("debit"), new("credit"), new("before")],
                added, posting => [posting.Key[..8], posting.Head!.Rule, posting.Head.Amount.ToString(), posting.Head.Debit, posting.Head.Credit,
                    posting.Base is { } before ? $"{ResultDocument.Word(before.State)} {before.Amount}" : "none"]);
        }

        var gone = difference.Postings.Where(posting => posting.IsGone).ToList();
        if (gone.Count > 0)
        {
            yield return Listed("Look at these first: postings that the engine would not make any more",
                [new("key", IsWhole: true), new("rule"), new("amount", true), new("debit"), new("credit"), new("now")],
                gone, posting => [posting.Key[..8], posting.Base!.Rule, posting.Base.Amount.ToString(), posting.Base.Debit, posting.Base.Credit,
                    posting.Head is { } now ? $"{ResultDocument.Word(now.State)}{(now.Reason is null ? "" : $": {now.Reason}")}" : "none"]);
        }

        if (difference.BreaksNew.Count > 0)
        {
            yield return Listed("Look at these first: new breaks",
                [new("break", IsWhole: true), new("status"), new("class"), new("tier"), new("records")],
                [.. difference.BreaksNew.OrderByDescending(item => item.Status)],
                item => [item.Id[..8], ResultDocument.Word(item.Status), item.Class, ResultDocument.Word(item.Tier), Members(item)]);
        }
    }

    static string Members(Break item) => string.Join(", ", item.Records.Take(4))
        + (item.Records.Count > 4 ? $" and {Count(item.Records.Count - 4)} more" : "");

    static Section Changes(RulePlan plan) => new(
        "What differs in the rules",
        [new("rule"), new("how"), new("before"), new("after")],
        [.. plan.Changes.Take(MostShown).Select(change => (IReadOnlyList<string>)
            [change.What, PlanDocument.Word(change.Kind), change.Before ?? "", change.After ?? ""])],
        "Nothing that decides: comments, layout, names of files, schedule.",
        More(plan.Changes.Count));

    static Section Flow(RulePlan plan) => new(
        "From outcome to outcome",
        [new("leg"), new("before"), new("after"), new("records", true)],
        [.. plan.Difference.Moved.GroupBy(record => (record.Leg, Before: record.Base?.Word ?? "not there", After: record.Head?.Word ?? "not there"))
            .Take(MostShown * 4)
            .Select(group => (IReadOnlyList<string>)
                [group.Key.Leg, group.Key.Before, group.Key.After == group.Key.Before ? $"{group.Key.After}, otherwise" : group.Key.After,
                    Count(group.Count())])],
        "")
    {
        IsFolded = true,
    };

    static Section Causes(RulePlan plan) => new(
        "Which change moved what (each left out by itself)",
        [new("changes"), new("records", true)],
        [.. plan.Attribution.Shares.Take(MostShown).Select(share => (IReadOnlyList<string>)
            [
                share.Changes.Count > 0 ? string.Join(" with ", share.Changes) : share.IsKnown ? "any of several changes" : "not told apart",
                Count(share.Records),
            ])],
        "",
        plan.Attribution.NotAlone.Count == 0 ? null
            : "Not left out, because the rules would be wrong without one alone, or because there were too many: "
                + $"{string.Join(", ", plan.Attribution.NotAlone.Take(MostShown))}.")
    {
        IsFolded = true,
    };

    static Section NeverHit(RulePlan plan) => new(
        "Rules that these data never hit",
        [new("rule")],
        [.. plan.NeverHit.Take(MostShown * 4).Select(rule => (IReadOnlyList<string>)[rule])],
        "All are hit.",
        plan.NeverHit.Count > MostShown * 4 ? $"… and {Count(plan.NeverHit.Count - (MostShown * 4))} more." : null)
    {
        IsFolded = true,
    };

    static Section Cost(RulePlan plan)
    {
        var (before, after) = (plan.Difference.Base.Passes, plan.Difference.Head.Passes);
        var earlier = before.ToDictionary(pass => pass.Id, StringComparer.Ordinal);
        return new Section(
            "What it costs: candidates looked at",
            [new("pass"), new("base", true), new("head", true)],
            [
                .. after.Select(pass => (IReadOnlyList<string>)
                    [pass.Id, earlier.TryGetValue(pass.Id, out var known) ? Count(known.Candidates) : "", Count(pass.Candidates)]),
                .. before.Where(pass => after.All(other => other.Id != pass.Id)).Select(pass => (IReadOnlyList<string>)[pass.Id, Count(pass.Candidates), ""]),
            ],
            "")
        {
            IsFolded = true,
        };
    }

    static Section Listed<T>(string title, IReadOnlyList<Heading> headings, IReadOnlyList<T> items, Func<T, IReadOnlyList<string>> row) =>
        new(title, headings, [.. items.Take(MostShown).Select(row)], "", More(items.Count));

    static string? More(int count) => count > MostShown ? $"… and {Count(count - MostShown)} more; the JSON has all." : null;

    static long Records(RunRecord record) => record.Sources.Sum(source => (long)source.New + source.Carried);

    static long Matched(RunRecord record) => record.Sources.Sum(source => (long)source.Matched);

    static int Standing(RunRecord record) => record.Breaks.Count(item => !item.IsSettled);

    static int Queued(RunRecord record) => record.Posts.Count(posting => posting.State == PostingState.Queued);

    static string Count(long number) => RunSections.Count(number);

    internal static string Plural(long number, string noun, string? many = null) => $"{Count(number)} {(number == 1 ? noun : many ?? $"{noun}s")}";
}
