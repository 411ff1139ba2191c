// Compares what a test expects with what came out.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Testing;

static class ExpectationCheck
{
    /// <summary>What differs, each finding at the expectation that it is about; empty where all agrees.</summary>
    internal static IEnumerable<PackTestFailure> Of(PackTest test, RunRecord record)
    {
        var expect = test.Expect;
        var findings = new List<PackTestFailure>();
        findings.AddRange(Section("match", expect.Matched, [.. Matches(record)], expect.Exactly));
        findings.AddRange(Section("break", expect.Breaks, [.. Breaks(record)], expect.Exactly));
        findings.AddRange(Section("post", expect.Posts, [.. Posts(record)], expect.Exactly));
        findings.AddRange(Section("reject", expect.Rejects, [.. Rejects(record)], expect.Exactly));
        findings.AddRange(Section("duplicate", expect.Duplicates, [.. Duplicates(record)], expect.Exactly));
        if (expect.Rejects is null)
        {
            findings.AddRange(record.Rejects.Select(reject => new PackTestFailure(
                test.Place, $"a given row of {reject.Source} was rejected: {reject.Reason} ({reject.Content})")));
        }

        return findings;
    }

    /// <param name="exactly">Where nothing else is allowed; null where it is.</param>
    static IEnumerable<PackTestFailure> Section(string noun, IReadOnlyList<ExpectedItem>? expected, List<Actual> actual, Place? exactly)
    {
        if (expected is null)
        {
            yield break;
        }

        // The pickiest first, so that a vague expectation does not take what a precise one needs.
        var left = new List<Actual>(actual);
        foreach (var item in expected.OrderByDescending(item => item.Members.Count + (item.Records is null ? 0 : 1)))
        {
            var found = left.FindIndex(candidate => candidate.Meets(item));
            if (found >= 0)
            {
                left.RemoveAt(found);
            }
            else
            {
                yield return new PackTestFailure(item.Place, $"expected {noun} {Text(item)}, {Nearest(item, left)}");
            }
        }

        if (exactly is null)
        {
            yield break;
        }

        foreach (var surplus in left.Where(candidate => candidate.IsCounted))
        {
            yield return new PackTestFailure(exactly, $"nothing else was expected, but there is {noun} {surplus}");
        }
    }

    static string Nearest(ExpectedItem item, List<Actual> left)
    {
        var nearest = left.Where(candidate => candidate.Agreement(item) > 0).MaxBy(candidate => candidate.Agreement(item));
        return nearest is not null ? $"the nearest is {nearest}"
            : left.Count > 0 ? $"there is {string.Join(", ", left.Take(5))}"
            : "there is none";
    }

    static string Text(ExpectedItem item)
    {
        var members = item.Members.Select(member => $"{member.Key}: {member.Value}");
        return $"{{ {string.Join(", ", item.Records is null ? members : members.Append($"records: [{string.Join(", ", item.Records)}]"))} }}";
    }

    static IEnumerable<Actual> Matches(RunRecord record) => MatchView.All(record).Select(match => new Actual(
        new()
        {
            ["pass"] = match.Pass,
            ["class"] = match.Class,
            ["status"] = ResultDocument.Word(match.Break?.Status ?? Status.Settled),
            ["tier"] = ResultDocument.Word(match.Break?.Tier ?? Tier.Auto),
            ["difference"] = string.Join(", ", match.Break?.Differences.Select(difference => difference.Value) ?? []),
        },
        match.Records));

    // A match with a difference is a break too; where a test lists it under 'matched' it need not be listed again.
    static IEnumerable<Actual> Breaks(RunRecord record) => record.Breaks.Select(item => new Actual(
        new()
        {
            ["class"] = item.Class,
            ["status"] = ResultDocument.Word(item.Status),
            ["tier"] = ResultDocument.Word(item.Tier),
            ["pass"] = item.Pass ?? "",
            ["due"] = item.Due is DateOnly due ? ResultDocument.Iso(due) : "",
            ["value"] = string.Join(", ", item.Value),
            ["kind"] = ResultDocument.Word(item.Kind),
        },
        item.Records)
    {
        IsCounted = item.Kind != BreakKind.Difference,
    });

    static IEnumerable<Actual> Posts(RunRecord record) => record.Posts.Select(post => new Actual(
        new()
        {
            ["to"] = post.To,
            ["amount"] = post.Amount.ToString(),
            ["tier"] = ResultDocument.Word(post.Tier),
            ["state"] = ResultDocument.Word(post.State),
            ["debit"] = post.Debit,
            ["credit"] = post.Credit,
            ["rule"] = post.Rule,
        },
        post.Records)
    {
        Why = post.Tier == Tier.Escalate && post.Reason is { } reason ? reason : "",
    });

    static IEnumerable<Actual> Rejects(RunRecord record) => record.Rejects.Select(reject => new Actual(
        new() { ["source"] = reject.Source, ["id"] = reject.Id ?? "", ["reason"] = reject.Reason },
        []));

    static IEnumerable<Actual> Duplicates(RunRecord record) => record.Duplicates.Select(duplicate => new Actual(
        new()
        {
            ["source"] = duplicate.Record.Source,
            ["id"] = duplicate.Record.Id,
            ["of"] = duplicate.Kept,
            ["pass"] = duplicate.Pass,
        },
        []));

    /// <summary>One thing that came out, by the members a test can name.</summary>
    sealed record Actual(Dictionary<string, string> Members, IReadOnlyList<RecordId> Records)
    {
        internal bool IsCounted { get; init; } = true;

        /// <summary>What moved a posting to people: a limit, a breaker, an objection; empty where nothing did. Shown, not expected.</summary>
        internal string Why { get; init; } = "";

        internal bool Meets(ExpectedItem item) =>
            Agreement(item) == item.Members.Count + (item.Records is null ? 0 : 1);

        internal int Agreement(ExpectedItem item) =>
            item.Members.Count(member => Agrees(member.Key, member.Value)) + (SameRecords(item) ? 1 : 0);

        public override string ToString()
        {
            var members = Members.Where(member => member.Value.Length > 0).Select(member => $"{member.Key}: {member.Value}");
            return $"{{ {string.Join(", ", members.Append($"records: [{string.Join(", ", Records.Select(record => record.Id))}]"))} }}"
                + (Why.Length > 0 ? $" because {Why}" : "");
        }

        // A reason is named in part, an amount by value: 0.5 EUR is 0.50 EUR.
        bool Agrees(string name, string expected) => Members.TryGetValue(name, out var actual) && name switch
        {
            "reason" => actual.Contains(expected, StringComparison.Ordinal),
            "amount" => Money.TryParse(actual, out var found) && Money.TryParse(expected, out var wanted) && found == wanted,
            _ => actual == expected,
        };

        bool SameRecords(ExpectedItem item) => item.Records is not null
            && item.Records.Order(StringComparer.Ordinal).SequenceEqual(Records.Select(record => record.Id).Order(StringComparer.Ordinal));
    }
}
