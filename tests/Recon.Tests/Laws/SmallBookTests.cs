// Small books are worth only what they reach: every kind of answer must occur among them.
using CsCheck;
using Recon.Model.Rules;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

public sealed class SmallBookTests
{
    // The same books each time: what they reach is a property of how they are drawn, not of the luck of a draw.
    const ulong Seed = 2026;
    const uint MostBooks = 20_000;

    [Fact]
    public void Small_books_reach_every_kind_of_answer()
    {
        var reached = new HashSet<string>();
        var missing = Kinds().ToHashSet();
        for (uint book = 0; book < MostBooks && missing.Count > 0; book++)
        {
            Reach(SmallBooks.Books.Generate(new PCG(book, Seed), null, out _), reached);
            missing.ExceptWith(reached);
        }

        Assert.Empty(missing);
    }

    static IEnumerable<string> Kinds()
    {
        var joins = from cardinality in Enum.GetNames<Cardinality>()
                    from tie in Enum.GetNames<TieKind>()
                    from search in cardinality == nameof(Cardinality.OneToOne) ? [""] : (string[])["", "search "]
                    where cardinality != nameof(Cardinality.ManyToMany) || tie == nameof(TieKind.Ask)
                    where tie != nameof(TieKind.Best) || cardinality == nameof(Cardinality.OneToOne)
                    select $"{search}{cardinality} {tie}";
        string[] others =
        [
            "ambiguous pairs", "ambiguous groups", "several members", "several on both sides", "several answers", "more answers",
            "too many candidates", "a single one of several answers", "with a condition",
            "Net Best", "partial Ask", "partial Oldest", "partial Newest", "partial Closest", "partial Best",
            "rated search OneToMany", "rated search ManyToOne", "rated search ManyToMany",
            "split 1 times", "split 2 times", "number 3 of a record",
            "duplicate by key", "duplicate by a window", "duplicate with a condition", .. SmallTolerances.Kinds,
        ];
        return joins.Concat(others);
    }

    [Fact]
    public void A_law_that_does_not_hold_is_seen() =>
        Assert.ThrowsAny<Exception>(() => Gen.Int[0, 99].Holds(number => Assert.NotEqual(7, number)));

    static void Reach(Book book, HashSet<string> reached)
    {
        var answer = Oracle.Match(book, SmallRules.Instance);
        foreach (var duplicate in answer.Duplicates)
        {
            var pass = book.Pack.Passes[duplicate.Pass];
            Seen($"duplicate {(pass.Comparisons.Count == 0 ? "by key" : "by a window")}");
            Seen($"duplicate {(pass.When is null ? "without" : "with")} a condition");
        }

        foreach (var leg in answer.Legs)
        {
            foreach (var match in leg.Matches)
            {
                var pass = book.Pack.Passes[match.Pass];
                Seen(pass.Kind == PassKind.Join
                    ? $"{(pass.Search is null ? "" : "search ")}{pass.Cardinality} {pass.Tie.Kind}" : $"{pass.Kind} {pass.Tie.Kind}");
                Seen(match.First.Count > 1 && match.Second.Count > 1 ? "several on both sides" : "one on a side");
                Seen(pass.Search is { PreferSingle: true } ? "a single one of several answers" : "any answer");
                Seen(pass.Partial is null ? "whole" : $"partial {pass.Tie.Kind}");
                Seen(pass.Reference is null ? "without reference" : $"{pass.Kind} by reference");
                Seen(match.First.Count + match.Second.Count > 2 ? "several members" : "two members");
                Seen(pass.When is null ? "no condition" : "with a condition");
                foreach (var comparison in pass.Comparisons)
                {
                    var isOfGroup = match.First.Count + match.Second.Count > 2;
                    Seen(SmallTolerances.Kind(comparison.Tolerance, isOfGroup));
                    Seen(comparison.Tolerance is AmountTolerance { Fx: not null } && pass.Search is not null && isOfGroup
                        ? $"rated search {pass.Cardinality}" : "not searched at rates");
                }
            }

            foreach (var residual in leg.Residuals)
            {
                Seen($"split {residual.Of.Depth} times");
                Seen($"number {residual.Of.Number} of a record");
            }

            foreach (var component in leg.Ambiguous)
            {
                Seen(leg.Leg.Sources.Count == 1 ? "ambiguous nets" : book.Pack.Passes[component.Pass].Cardinality == Cardinality.OneToOne
                    ? "ambiguous pairs" : "ambiguous groups");
                Seen(component.Cap is not null ? "too many candidates" : component.HasMore ? "more answers"
                    : component.Answers.Count > 1 ? "several answers" : "one answer or pairs");
            }
        }

        void Seen(string kind) => reached.Add(kind);
    }
}
