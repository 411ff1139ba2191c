// Acts of people in a store: one operation, one effect, however many try.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Xunit;

namespace Recon.Tests.Store;

public abstract class ActTests(TempStore temp) : StoreTests(temp)
{
    static readonly string Break = Submissions.Open("old").Id;

    [Fact]
    public void Of_many_that_try_the_same_one_has_the_effect_and_all_have_its_answer()
    {
        using (var store = Temp.Open())
        {
            store.Record(Submissions.Run(2));
        }

        var outcomes = new ActOutcome[64];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, worker =>
        {
            using var store = Temp.Open();
            for (var i = worker * 8; i < (worker * 8) + 8; i++)
            {
                outcomes[i] = new BreakDesk(store).Resolve(Break, Submissions.Anna);
            }
        });
        using var after = Temp.Open();
        Assert.Single(outcomes, outcome => !outcome.WasRecorded);
        Assert.Equal(outcomes.Select(outcome => outcome.Act.Key).Distinct(), after.Acts(Submissions.Pack).Select(act => act.Key));
        Assert.Null(after.Verify());
    }

    [Fact]
    public void An_act_is_read_again_by_another_process_as_it_was_done()
    {
        Act done;
        using (var store = Temp.Open())
        {
            store.Record(Submissions.Run(2));
            done = new BreakDesk(store).Resolve(Break[..6], Submissions.Anna with { Reason = "Straße\n\"a\"", Key = "ticket 17" }).Act;
        }

        using var reopened = Temp.Open();
        var read = Assert.Single(reopened.FindBreak(Break)!.Acts);
        Assert.Equal(done with { At = read.At, Detail = read.Detail }, read);
        Assert.Equal(done.Detail.Facts, read.Detail.Facts);
        Assert.Equal((new DateOnly(2026, 3, 2), "ticket 17", 1L), (read.BusinessDate, read.Key, read.Number));
        Assert.Null(reopened.Verify());
    }

    [Fact]
    public void A_key_with_another_effect_is_a_conflict_and_changes_nothing()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2));
        var desk = new BreakDesk(store);
        desk.Comment(Break, "first", Submissions.Anna with { Key = "k" });
        var conflict = Assert.Throws<ReconException>(() => desk.Comment(Break, "second", Submissions.Anna with { Key = "k" }));
        Assert.Equal(FaultKind.InputWrong, conflict.Kind);
        Assert.Equal("first", Assert.Single(store.Acts(Submissions.Pack)).Detail.Text);
    }
}
