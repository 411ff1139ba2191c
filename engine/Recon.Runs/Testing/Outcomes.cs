// What a run decided, told without the order of its sources: to compare two runs member for member.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Testing;

/// <summary>Matches, breaks and postings as one line each, their members as sorted <c>SOURCE:ID</c>.</summary>
static class Outcomes
{
    const int Shown = 3;

    internal static List<string> Of(RunRecord record) =>
    [
        .. MatchView.All(record).Select(match => Line($"match of {match.Pass}", match.Records, match.Class, Differences(match.Break))),
        .. record.Breaks.Select(item => Line(
            $"break ({item.Kind.ToString().ToLowerInvariant()}) toward {string.Join(" ~ ", item.Leg.Order(StringComparer.Ordinal))}",
            item.Records,
            item.Class, ResultDocument.Word(item.Status), ResultDocument.Word(item.Tier), item.Pass,
            item.Due is DateOnly due ? $"until {ResultDocument.Iso(due)}" : null, Differences(item))),
        .. record.Posts.Select(post => Line(
            $"posting of {post.Rule}",
            post.Records,
            $"{post.Debit} to {post.Credit} in {post.To}", post.Amount.ToString(), ResultDocument.Word(post.Tier), ResultDocument.Word(post.State))),
    ];

    /// <summary>What only one of two runs decided, in a sentence; null where they agree.</summary>
    /// <param name="first">Which run the first is, as in <c>only as written</c>.</param>
    internal static string? Difference(string first, RunRecord one, string second, RunRecord other)
    {
        var (left, right) = (Of(one), Of(other));
        var (onlyLeft, onlyRight) = (Without(left, right), Without(right, left));
        return onlyLeft.Count + onlyRight.Count == 0 ? null : $"only {first}: {Text(onlyLeft)}; only {second}: {Text(onlyRight)}";
    }

    static string Line(string what, IEnumerable<RecordId> records, params string?[] members) =>
        $"{what}: {string.Join(", ", records.Select(record => record.ToString()).Order(StringComparer.Ordinal))}"
        + $" ({string.Join(", ", members.Where(member => !string.IsNullOrEmpty(member)))})";

    static string? Differences(Break? item) => item is null ? null
        : string.Join(", ", item.Differences.Select(difference => $"{difference.Fields} {difference.Value}"));

    // Two runs may decide the same thing more than once: as often as the other, and no more.
    static List<string> Without(List<string> lines, List<string> others)
    {
        var left = others.GroupBy(line => line, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return [.. lines.Where(line => !left.TryGetValue(line, out var count) || (left[line] = count - 1) < 0).Order(StringComparer.Ordinal)];
    }

    static string Text(List<string> lines) => lines.Count switch
    {
        0 => "nothing",
        <= Shown => string.Join("; ", lines),
        _ => $"{string.Join("; ", lines.Take(Shown))}; and {lines.Count - Shown} more",
    };
}
