// Due runs come back as they were kept, and the turns of all nodes come one after the other.
using CsCheck;
using Recon.Model;
using Recon.Runs.Scheduling;
using Recon.Tests.Runs.Scheduling;
using Xunit;
using static Recon.Tests.Runs.Scheduling.Daily;

namespace Recon.Tests.Store;

public abstract class ScheduleStoreTests(TempStore temp) : StoreTests(temp)
{
    static readonly Gen<string> Text = Gen.Char["aZ\0\uFFFF é'\n"].Array[0, 6].Select(letters => new string(letters));

    static readonly Gen<Instant> Moment = Gen.Int[0, 400_000_000].Select(
        milliseconds => new Instant(At(1, 0).UtcTicks + (milliseconds * TimeSpan.TicksPerMillisecond)));

    static readonly Gen<DueRun> Due = Gen.Select(Gen.Int[1, 9], Moment, Gen.Int[0, 4], Moment.Nullable(), Text.Null()).Select(
        (day, moment, number, perhaps, text) => new DueRun("p", Date(day), moment)
        {
            Cause = (DueCause)(number % 2),
            State = (DueState)number,
            FoundAt = moment,
            NotBefore = moment,
            Faults = number,
            Looks = number + 1,
            Lapses = number + 2,
            Owner = text,
            Epoch = (long)number << 40,
            LeaseUntil = perhaps,
            EndedAt = perhaps,
            RunId = text is null ? null : "r-1",
            Detail = text,
        });

    [Fact]
    public void What_is_kept_comes_back_as_it_was_added_and_as_it_was_changed()
    {
        var store = Temp.Schedule();
        Gen.Select(Due, Due).Sample((due, other) =>
        {
            var changed = other with { PackId = due.PackId, BusinessDate = due.BusinessDate, Slot = due.Slot };
            store.Turn(turn =>
            {
                if (turn.Of(due.PackId, due.BusinessDate).All(known => known.Slot != due.Slot))
                {
                    turn.Add(due);
                    Assert.Contains(due, turn.Of(due.PackId, due.BusinessDate));
                }

                turn.Change(changed);
                return true;
            });
            Assert.Contains(changed, store.Turn(turn => turn.Of(due.PackId, due.BusinessDate)));
        }, iter: 40, threads: 1);
    }

    [Fact]
    public void Open_runs_are_in_the_order_of_packs_and_dates_and_the_newest_come_first()
    {
        var store = Temp.Schedule();
        DueRun[] all =
        [
            new("b", Date(2), At(2, 6)) { FoundAt = At(2, 6) }, new("B", Date(2), At(2, 6)) { FoundAt = At(2, 7), State = DueState.Running },
            new("b", Date(1), At(3, 6)) { FoundAt = At(3, 6) }, new("é", Date(1), At(1, 6)) { FoundAt = At(1, 6), State = DueState.Done },
        ];
        store.Turn(turn =>
        {
            Array.ForEach(all, turn.Add);
            return true;
        });
        Assert.Equal([all[1], all[2], all[0]], store.Turn(turn => turn.Open()));
        Assert.Equal([all[2], all[1], all[0], all[3]], store.Turn(turn => turn.Newest(null, int.MaxValue)));
        Assert.Equal([all[2]], store.Turn(turn => turn.Newest("b", 1)));
        Assert.Empty(store.Turn(turn => turn.Newest("b", 0)));
    }

    [Fact]
    public void A_pack_is_held_and_goes_on_and_stands_as_it_was_kept()
    {
        var store = Temp.Schedule();
        Assert.True(store.Turn(turn => Requests.Pause(turn, "p", "somebody\0", At(1, 6))));
        Assert.Equal(new PackStanding("p", At(1, 6), "somebody\0", At(1, 6)), Assert.Single(store.Turn(turn => turn.Packs())));
        Assert.True(store.Turn(turn => Requests.Resume(turn, "p", At(1, 7))));
        Assert.Equal(new PackStanding("p", At(1, 6), null, null), Assert.Single(store.Turn(turn => turn.Packs())));
    }

    [Fact]
    public void What_a_long_detail_has_too_much_is_cut()
    {
        var store = Temp.Schedule();
        var detail = store.Turn(turn =>
        {
            turn.Add(new DueRun("p", Date(1), At(1, 6)) { Detail = new string('x', 9000) });
            return turn.Open()[0].Detail;
        });
        Assert.Equal(2000, detail!.Length);
    }

    [Fact]
    public void A_turn_that_throws_has_changed_nothing_and_the_next_goes_on()
    {
        var store = Temp.Schedule();
        Assert.Throws<InvalidOperationException>(() => store.Turn<bool>(turn =>
        {
            turn.Keep(new PackStanding("p", At(1, 6), null, null));
            throw new InvalidOperationException();
        }));
        Assert.Empty(store.Turn(turn => turn.Packs()));
    }

    [Fact]
    public void The_turns_of_many_come_one_after_the_other()
    {
        var store = Temp.Schedule();
        store.Turn(turn =>
        {
            turn.Add(new DueRun("p", Date(1), At(1, 6)));
            return true;
        });
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ => store.Turn(turn =>
        {
            var due = turn.Open()[0];
            turn.Change(due with { Epoch = due.Epoch + 1 });
            return true;
        }));
        Assert.Equal(60, store.Turn(turn => turn.Open()[0].Epoch));
    }

    [Fact]
    public void A_turn_waits_for_no_run_that_is_being_written()
    {
        using var runs = Temp.Open();
        Assert.SkipWhen(Temp is SqliteTempStore, "SQLite has one writer at a time");
        using var writing = runs.Database.BeginWrite();
        Assert.Empty(Temp.Schedule().Turn(turn => turn.Open()));
    }

    [Fact]
    public void Nodes_that_die_and_stand_still_run_everything_once()
    {
        var cluster = new Cluster(Temp.Schedule(), seed: 1, days: 3);
        cluster.Live();
        cluster.Check();
    }
}
