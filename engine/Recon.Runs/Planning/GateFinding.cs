// Holds a change against the gates of the rules before it.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Planning;

/// <summary>A gate and what the change would do.</summary>
/// <param name="Gate">As the pack writes it: <c>auto_posts.added: 25</c>.</param>
/// <param name="Found">What the change has: <c>31</c>, <c>62.10 EUR</c>.</param>
public sealed record GateFinding(string Gate, string Found, bool IsMet)
{
    /// <param name="gates">Of the rules before: a change does not widen its own gates.</param>
    /// <param name="after">Of the changed rules: to change gates is itself beyond them.</param>
    public static IReadOnlyList<GateFinding> Of(GateSpec? gates, GateSpec? after, PlanDifference difference)
    {
        var findings = new List<GateFinding>();
        if (gates?.PostsAdded is int added)
        {
            findings.Add(OfCount("auto_posts.added", added, difference.Postings.Count(posting => posting.IsAdded)));
        }

        if (gates?.PostsValue is { } value)
        {
            findings.Add(OfValue(value, difference));
        }

        if (gates?.MatchesLost is int lost)
        {
            findings.Add(OfCount("matches_lost", lost, difference.MatchesLost));
        }

        if (gates is not null && gates != after)
        {
            findings.Add(new GateFinding("gates", after is null ? "taken away" : "changed", IsMet: true));
        }

        return findings;
    }

    static GateFinding OfCount(string name, int most, int found) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: {most}"), found.ToString(CultureInfo.InvariantCulture), found > most);

    static GateFinding OfValue(Money most, PlanDifference difference)
    {
        var added = MoneySums.Of(difference.Postings.Where(posting => posting.IsAdded).Select(posting => posting.Head!.Amount));
        var isMet = added.Any(sum => sum.Currency != most.CurrencyCode || sum.Total > (ExactTotal)most.Number);
        return new GateFinding($"auto_posts.value: {most}", MoneySums.Text(added), isMet);
    }
}
