// The proof of balance against balances that are added up from all that there ever was.
using CsCheck;
using Recon.Model;
using Recon.Runs.Results;
using Recon.Runs.SigningOff;
using Recon.Tests.Laws;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs.SigningOff;

public sealed class BalanceProofLaws
{
    // What happened: both sides have it (the second amount is theirs), perhaps posted since by us, or one of them alone.
    sealed record Event(int? Ours, int? Theirs, bool IsPosted = false);

    static readonly Gen<int> Cents = Gen.Int[-500, 500];

    static readonly Gen<Event> Any = Gen.Frequency(
        (3, Gen.Select(Cents, Gen.Int[-3, 3], Gen.Bool, (ours, more, isPosted) => new Event(ours, ours + more, isPosted && more != 0))),
        (1, Cents.Select(ours => new Event(ours, null))),
        (1, Cents.Select(theirs => new Event(null, theirs))));

    [Fact]
    public void Open_items_and_differences_explain_the_two_balances_to_the_cent_and_nothing_more() =>
        Gen.Select(Any.Array[0, 12], Gen.Bool, Cents).Holds(book =>
        {
            var (events, theirsIsFirst, wrong) = book;
            string[] leg = theirsIsFirst ? ["bank", "ledger"] : ["ledger", "bank"];
            var closing = OpeningState.Empty with
            {
                Items =
                [
                    .. events.Index().Where(each => each.Item.Ours is null || each.Item.Theirs is null)
                        .Select(each => Submissions.Item($"{each.Index}") with
                        {
                            Record = new RecordId(each.Item.Ours is null ? "bank" : "ledger", $"{each.Index}"),
                            OpenLegs = [new OpenLeg(leg, "break", Submissions.Day(1), each.Index % 2 == 0 ? "late" : "lost")],
                            Value = Euro(each.Item.Ours ?? each.Item.Theirs!.Value),
                        }),
                ],
                Closings =
                [
                    Closing("first", events.Take(3).Sum(each => each.Theirs ?? 0)), Closing("second", events.Skip(3).Sum(each => each.Theirs ?? 0)),
                ],
            };
            List<Break> breaks =
            [
                .. events.Index().Where(each => each.Item.Ours is not null && each.Item.Theirs is not null && each.Item.Ours != each.Item.Theirs)
                    .Select(entry => (Id: BreakOf(entry.Index), each: entry.Item)).Select(entry => Submissions.Open("near") with
                    {
                        Id = entry.Id,
                        Kind = BreakKind.Difference,
                        Leg = leg,
                        Value = [Euro((theirsIsFirst ? -1 : 1) * Missing(entry.each))],
                    }),
            ];
            List<OwnPosting> posted = [.. events.Index().Where(each => each.Item.IsPosted).Select(each => Posting(each.Index, Missing(each.Item)))];
            var ours = events.Sum(each => (each.Ours ?? 0) + (each.IsPosted ? Missing(each) : 0));
            Assert.All(BalanceProof.Of(closing, breaks, posted, [new GivenBalance("ledger", Euro(ours))]), proof => Assert.Null(proof.Objection));
            foreach (var proof in BalanceProof.Of(closing, breaks, posted, [new GivenBalance("ledger", Euro(ours + wrong))]))
            {
                Assert.Equal((ExactTotal)Euro(-wrong).Number, proof.Unexplained);
                Assert.Equal(wrong == 0, proof.Objection is null);
            }

            Assert.All(BalanceProof.Of(closing, breaks, posted, []), proof => Assert.Contains("no balance of ledger in EUR is known", proof.Objection));
        }, oneIn: 4);

    static int Missing(Event each) => each.Theirs!.Value - each.Ours!.Value;

    static string BreakOf(int index) => FormattableString.Invariant($"break {index}");

    static OwnPosting Posting(int index, int cents) => new(
        FormattableString.Invariant($"{index}"), "near", "ledger", cents > 0 ? "1000" : "7990", cents > 0 ? "7990" : "1000", Euro(Math.Abs(cents)),
        OwnPostingState.Awaited, Submissions.Day(1))
    {
        For = BreakOf(index),
    };

    static StatementClosing Closing(string account, int cents) => new("bank", account, "1", new Balance(Euro(cents), Submissions.Day(6)));

    static Money Euro(int cents) => Money.Of(cents / 100m, "EUR");
}
