// A run held against labelled pairs, as sections: the shares, pass by pass, and the pairs to look at.
using System.Globalization;
using Recon.Runs.Assessing;

namespace Recon.Reports.Sections;

static class AssessmentSections
{
    // Somebody who tunes rules looks at some, changes a rule and runs again; the JSON has them all.
    const int PairsShown = 20;

    internal static IReadOnlyList<Section> Of(Assessment assessment) =>
        [Shares(assessment), Pairs("Matched, and not labelled", assessment.Wrong), Pairs("Labelled, and not matched", assessment.Missed)];

    static Section Shares(Assessment assessment) => new(
        $"How well it matched: {assessment.LeftSource} ~ {assessment.RightSource}, against {Count(assessment.Labelled)} labelled pairs",
        [new("pass"), new("pairs", true), new("right", true), new("wrong", true), new("precision", true), new("recall", true), new("F1", true)],
        [
            .. assessment.Passes.Select(pass => (IReadOnlyList<string>)
            [
                pass.Pass, Count(pass.Matched), Count(pass.Right), Count(pass.Matched - pass.Right), Share(pass.Precision), "", "",
            ]),
            [
                "all", Count(assessment.Matched), Count(assessment.Right), Count(assessment.Wrong.Count), Share(assessment.Precision),
                Share(assessment.Recall), Share(assessment.F1),
            ],
        ],
        "No pass.",
        assessment.Asked > 0
            ? $"{Count(assessment.Asked)} of the {Count(assessment.Missed.Count)} missed pairs stand in ambiguous breaks: a person is asked about them"
            : null);

    static Section Pairs(string title, IReadOnlyList<AssessedPair> pairs) => new(
        $"{title}: {Count(pairs.Count)}",
        [new("left"), new("right"), new("pass"), new("why")],
        [.. pairs.Take(PairsShown).Select(pair => (IReadOnlyList<string>)
            [pair.Left.ToString(), pair.Right.ToString(), pair.Pass ?? "", pair.Why])],
        "None.",
        pairs.Count > PairsShown ? $"{Count(pairs.Count - PairsShown)} more: --out json=result.json" : null,
        LastIsSentence: true);

    // Four digits behind the point, half even: one pair in 10,000 shows.
    static string Share(decimal? share) =>
        share is { } value ? decimal.Round(value, 4).ToString("F4", CultureInfo.InvariantCulture) : "";

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
