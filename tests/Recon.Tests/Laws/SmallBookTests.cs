// Small books are worth only what they reach: every kind of answer must occur among them.
using System.Collections.Concurrent;
using CsCheck;
using Recon.Model.Rules;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

public sealed class SmallBookTests
{
    [Fact]
    public void Small_books_reach_every_kind_of_answer()
    {
        var reached = new ConcurrentDictionary<string, int>();
        SmallBooks.Books.Sample(book => Count(book, reached), iter: 4000, threads: 1);
        var missing = from cardinality in Enum.GetNames<Cardinality>()
                      from tie in Enum.GetNames<TieKind>()
                      from search in cardinality == nameof(Cardinality.OneToOne) ? [""] : (string[])["", "search "]
                      where cardinality != nameof(Cardinality.ManyToMany) || tie == nameof(TieKind.Ask)
                      where tie != nameof(TieKind.Best) || cardinality == nameof(Cardinality.OneToOne)
                      let kind = $"{search}{cardinality} {tie}"
                      where !reached.ContainsKey(kind)
                      select kind;
        string[] others =
        [
            "ambiguous pairs", "ambiguous groups", "several members", "several on both sides", "several answers", "more answers",
            "too many candidates", "a single one of several answers", "with a condition",
            "Net Best", "partial Ask", "partial Oldest", "partial Newest", "partial Closest", "partial Best",
            "split 1 times", "split 2 times", "number 3 of a record",
            "duplicate by key", "duplicate by a window", "duplicate with a condition", .. SmallTolerances.Kinds,
        ];
        Assert.Empty(missing.Concat(others.Where(kind => !reached.ContainsKey(kind))));
    }

    [Fact]
    public void A_law_that_does_not_hold_is_seen() =>
        Assert.ThrowsAny<Exception>(() => Gen.Int[0, 99].Holds(number => Assert.NotEqual(7, number)));

    static void Count(Book book, ConcurrentDictionary<string, int> reached)
    {
        var answer = Oracle.Match(book, SmallRules.Instance);
        foreach (var duplicate in answer.Duplicates)
        {
            var pass = book.Pack.Passes[duplicate.Pass];
            Reach($"duplicate {(pass.Comparisons.Count == 0 ? "by key" : "by a window")}");
            Reach($"duplicate {(pass.When is null ? "without" : "with")} a condition");
        }

        foreach (var leg in answer.Legs)
        {
            foreach (var match in leg.Matches)
            {
                var pass = book.Pack.Passes[match.Pass];
                Reach(pass.Kind == PassKind.Join
                    ? $"{(pass.Search is null ? "" : "search ")}{pass.Cardinality} {pass.Tie.Kind}" : $"{pass.Kind} {pass.Tie.Kind}");
                Reach(match.First.Count > 1 && match.Second.Count > 1 ? "several on both sides" : "one on a side");
                Reach(pass.Search is { PreferSingle: true } ? "a single one of several answers" : "any answer");
                Reach(pass.Partial is null ? "whole" : $"partial {pass.Tie.Kind}");
                Reach(pass.Reference is null ? "without reference" : $"{pass.Kind} by reference");
                Reach(match.First.Count + match.Second.Count > 2 ? "several members" : "two members");
                Reach(pass.When is null ? "no condition" : "with a condition");
                foreach (var comparison in pass.Comparisons)
                {
                    Reach(SmallTolerances.Kind(comparison.Tolerance));
                }
            }

            foreach (var residual in leg.Residuals)
            {
                Reach($"split {residual.Of.Depth} times");
                Reach($"number {residual.Of.Number} of a record");
            }

            foreach (var component in leg.Ambiguous)
            {
                Reach(leg.Leg.Sources.Count == 1 ? "ambiguous nets" : book.Pack.Passes[component.Pass].Cardinality == Cardinality.OneToOne
                    ? "ambiguous pairs" : "ambiguous groups");
                Reach(component.Cap is not null ? "too many candidates" : component.HasMore ? "more answers"
                    : component.Answers.Count > 1 ? "several answers" : "one answer or pairs");
            }
        }

        void Reach(string kind) => reached.AddOrUpdate(kind, 1, (_, count) => count + 1);
    }
}
