// Picks the one difference of a match that says what it weighs.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>
/// The differences of a match overlap (gross and net differ by the same cent), so they are not added up. A match weighs by
/// the first difference that the value field of the books has a part in (of the source declared first where neither is
/// the books), else by its first money difference.
/// </summary>
static class ValueComparison
{
    /// <summary>right − left of the comparison chosen, by currency; empty where no money differs.</summary>
    public static IReadOnlyList<Money> WeightOf(LegView view, IReadOnlyList<Disagreement> disagreements)
    {
        var chosen = Of(view, disagreements.Select(found => found.Comparison));
        return disagreements.FirstOrDefault(found => found.Comparison == chosen)?.Weight ?? [];
    }

    /// <summary>The comparison of money that tells what is missing; null where no money is compared.</summary>
    public static Comparison? Of(LegView view, IEnumerable<Comparison> comparisons)
    {
        var sources = view.Leg.Sources;
        var books = sources.FirstOrDefault(source => source.Role == SourceRole.Books) ?? sources[0];
        var money = comparisons.Where(pair => pair.Left.Kind == FieldKind.Money).ToList();
        return money.Find(pair => Reads(pair, books)) ?? money.FirstOrDefault();
    }

    /// <summary>True where the source's value field is a term of either side.</summary>
    public static bool Reads(Comparison comparison, SourceSpec source) =>
        comparison.Left.Terms.Concat(comparison.Right.Terms)
            .Any(term => term.Source == source.Name && term.Field == source.Value);
}
