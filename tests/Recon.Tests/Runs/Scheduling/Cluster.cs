// Three nodes in virtual time, which die, stand still and come back at random.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Scheduling;
using Xunit;
using static Recon.Tests.Runs.Scheduling.Daily;

namespace Recon.Tests.Runs.Scheduling;

/// <summary>A recorded run is remembered by pack and date, as the store of runs does by its key.</summary>
sealed class Cluster(IScheduleStore store, int seed, int days = 8)
{
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    readonly Random _chance = new(seed);
    readonly List<(string Pack, DateOnly Date)> _recorded = [];
    readonly List<(DueRun Due, Instant Ends, bool Renews)>[] _hands = [[], [], []];
    readonly Roster _roster = new(
        [Pack("a"), Pack("b", schedule => schedule with { NotWith = Named("a") }), Pack("c", schedule => schedule with { After = Named("a") })],
        (_, _) => true);

    Instant _now = At(1, 5.9);

    public void Live()
    {
        store.Turn(turn => _roster.Look(turn, _now));
        var end = At(days, 12);
        while (_now < end)
        {
            _now = new Instant(_now.UtcTicks + TimeSpan.FromSeconds(_chance.Next(1, _chance.Next(10) == 0 ? 7200 : 240)).Ticks);
            Act(_chance.Next(3), mayDie: true);
        }

        do
        {
            _now = new Instant(_now.UtcTicks + TimeSpan.FromSeconds(20).Ticks);
            Act(_chance.Next(3), mayDie: false);
        }
        while (_now < At(1 + days, 5.5) && store.Turn(turn => turn.Open()).Count > 0);
    }

    void Act(int node, bool mayDie)
    {
        if (mayDie && _chance.Next(12) == 0)
        {
            _hands[node].Clear();
            return;
        }

        foreach (var (due, ends, renews) in _hands[node].ToList())
        {
            Advance(node, due, ends, renews || !mayDie);
        }

        store.Turn(turn => _roster.Look(turn, _now));
        while (_hands[node].Count < 2 && store.Turn(turn => _roster.Take(turn, $"n{node}", _now, Lease)) is { } taken)
        {
            CheckAlone(node, taken);
            _hands[node].Add((taken, new Instant(_now.UtcTicks + TimeSpan.FromSeconds(_chance.Next(0, 500)).Ticks), _chance.Next(3) > 0));
        }
    }

    // A node that stands still past its lease comes back, records what it had decided, and is not heard.
    void Advance(int node, DueRun due, Instant ends, bool renews)
    {
        if (_now < ends)
        {
            if (renews && !store.Turn(turn => Roster.Renew(turn, due, _now, Lease)))
            {
                _hands[node].RemoveAll(hand => hand.Due == due);
            }

            return;
        }

        _hands[node].RemoveAll(hand => hand.Due == due);
        if (_chance.Next(6) == 0)
        {
            store.Turn(turn => _roster.End(turn, due, new DueEnd.GivenBack(), _now));
            return;
        }

        if (!_recorded.Contains((due.PackId, due.BusinessDate)))
        {
            _recorded.Add((due.PackId, due.BusinessDate));
        }

        // Killed between the record and the word to the schedule.
        if (_chance.Next(6) > 0)
        {
            store.Turn(turn => _roster.End(turn, due, new DueEnd.Recorded("r"), _now));
        }
    }

    void CheckAlone(int node, DueRun taken)
    {
        var held = store.Turn(turn => turn.Open()).Where(due => due.IsHeld(_now) && due != taken).ToList();
        Assert.DoesNotContain(held, due => due.PackId == taken.PackId);
        Assert.DoesNotContain(held, due => (due.PackId, taken.PackId) is ("a", "b") or ("b", "a"));
        Assert.Equal($"n{node}", taken.Owner);
    }

    public void Check()
    {
        var all = store.Turn(turn => turn.Newest(null, int.MaxValue));
        Assert.DoesNotContain(all, due => due.IsOpen);
        Assert.DoesNotContain(all, due => due.State == DueState.Failed && due.Lapses < Roster.MostLapses);
        foreach (var pack in (string[])["a", "b", "c"])
        {
            Assert.Equal(
                Enumerable.Range(1, days).Select(Date), all.Where(due => due.PackId == pack).Select(due => due.BusinessDate).Order());
            var recorded = _recorded.Where(run => run.Pack == pack).Select(run => run.Date).ToList();
            Assert.Equal(recorded.Order(), recorded);
            Assert.Equal(
                all.Where(due => due.PackId == pack && due.State == DueState.Done).Select(due => due.BusinessDate).Order(),
                recorded.Intersect(all.Where(due => due.PackId == pack && due.State == DueState.Done).Select(due => due.BusinessDate)).Order());
        }
    }
}
