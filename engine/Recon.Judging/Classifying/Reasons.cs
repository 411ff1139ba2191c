// Tells people in one line why a break is there and why it has its class.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Classifying;

sealed class Reasons(MissingRates rates)
{
    // Open items of one leg, rule and day read alike; a million of them share one text.
    readonly Dictionary<(int Leg, int Class, string? Deadline, string? MissingRate), string> _open = [];

    /// <param name="objection">Why the engine does not go on by itself; null where it does.</param>
    public string Of(Subject subject, Standing standing, string? objection)
    {
        if (subject.Kind != BreakKind.Open || objection is not null || subject.Missing is not null)
        {
            return Made(subject, standing, objection);
        }

        var key = (subject.View.Leg.Index, subject.Hit.Index, standing.Text, rates.Of(subject));
        if (!_open.TryGetValue(key, out var text))
        {
            _open.Add(key, text = Made(subject, standing, null));
        }

        return text;
    }

    string Made(Subject subject, Standing standing, string? objection)
    {
        if (subject.Altered is not null)
        {
            return WhatHappened(subject);
        }

        var named = standing.Text ?? RuleOf(subject.Hit);
        var escalated = objection is null ? "" : $"; escalated: {objection}";
        return $"{WhatHappened(subject)}; {named}{escalated}";
    }

    string WhatHappened(Subject subject) => subject.Kind switch
    {
        BreakKind.Open when subject.Missing is { } missing => $"{missing.Pass.Id} finds it with {Others(subject, missing.Match)}; "
            + $"{subject.View.Leg.Names[missing.Match.Missing]} is missing",
        BreakKind.Open => $"no pass of {subject.View.Leg} matched it{(rates.Of(subject) is { } missing ? $" ({missing})" : "")}",
        BreakKind.Ambiguous => $"{subject.Pass!.Id} could not tell apart "
            + $"{Members(subject)} ({Undecided.Text(subject.View, subject.Component!)})",
        _ when subject.Altered is { } altered => $"{subject.Pass!.Id} knows it as posting {altered.Posting.ShortKey} of rule {altered.Posting.Rule}, but "
            + altered.Told,
        _ when subject.Disagreements.Count == 0 => $"{subject.Pass!.Id} matched it without a difference",
        _ => $"{subject.Pass!.Id} matched it, but " + string.Join(", ", subject.Disagreements.Select(Differ)),
    };

    static string Differ(Differing.Disagreement found) =>
        $"{found.Difference.Fields} differ: {found.Difference.Value}";

    static string Members(Subject subject) => string.Join(" and ", subject.Rows.Select((rows, side) => (rows, side))
        .Where(each => each.rows.Length > 0)
        .Select(each => $"{each.rows.Length} of {subject.View.Tables[each.side].Name}"));

    static string Others(Subject subject, PartialMatch partial) => string.Join(" and ", Enumerable.Range(0, partial.Rows.Count)
        .Where(side => side != partial.Missing && side != subject.FirstSide)
        .Select(side => subject.View.RecordOf(side, partial.Rows[side])));

    static string RuleOf(ClassSpec hit) =>
        hit.On is BreakCondition.Any ? $"no rule before {hit.Id} names it" : $"rule {hit.Id} names it";
}
