// Several services on one store, killed and frozen at random: each due run must be recorded once, none missed, no posting doubled.
using System.Diagnostics;
using System.Globalization;
using Recon.Model;
using Recon.Runs.Scheduling;
using Recon.Store;
using Recon.Store.Schedules;
using Recon.Store.Servers;
using Recon.Store.Sqlite;
using Recon.Tests.Servers;
using Xunit;

namespace Recon.Tests.Cli.Serving;

/// <param name="Packs">Each with the same dates.</param>
/// <param name="Dates">Of each pack; they become due evenly over the time.</param>
/// <param name="Fire">How long nodes are killed.</param>
sealed record FirePlan(int Nodes, int Packs, int Dates, TimeSpan Fire, TimeSpan LongestCalm, int Seed);

/// <param name="Seconds">From the first start to the last record.</param>
sealed record FireReport(int Runs, int Kills, int Freezes, int TakenOver, double Seconds);

/// <param name="schedule">The due runs of the workspace.</param>
/// <param name="openRuns">Opens its store.</param>
/// <param name="secrets">Variables of the environment that the nodes need.</param>
sealed class NodesUnderFire(
    string workspace, FirePlan plan, ScheduleStore schedule, Func<RunStore> openRuns, params (string Name, string Value)[] secrets)
{
    const string Never = "cron: \"0 0 0 1 1 ? 2099\"";
    const string Secret = "RECON_FIRE_STORE";

    readonly Random _chance = new(plan.Seed);
    readonly List<ServeProcess> _nodes = [];
    int _asked;

    /// <summary>On a workspace that is written into the folder, with its store in one file.</summary>
    internal static Task<FireReport> OnOneFileAsync(string folder, FirePlan plan)
    {
        PostingWorkspace.Write(folder, plan.Packs, plan.Dates, Never);
        var path = Path.Combine(folder, ".recon", "recon.db");
        SqliteRunStore.Open(path).Dispose();
        return new NodesUnderFire(folder, plan, ScheduleStore.InFile(path), () => SqliteRunStore.Open(path)).RunAsync();
    }

    /// <summary>The same with its store on the tests' PostgreSQL server, as a role that may run and no more.</summary>
    internal static Task<FireReport> OnPostgreSqlAsync(string folder, FirePlan plan)
    {
        var text = PostgresStore.NewForRunRole();
        PostingWorkspace.Write(
            folder, plan.Packs, plan.Dates, Never, $"store: BOOKS\nconnections: {{ BOOKS: {{ postgresql: \"secret:{Secret}\" }} }}\n");
        var connection = PostgresStore.ConnectionOf($"{text};Pooling=false");
        return new NodesUnderFire(folder, plan, ScheduleStore.On(connection), () => ServerRunStore.Open(connection), (Secret, text)).RunAsync();
    }

    /// <summary>Fires, waits until nothing is due any more, ends the nodes and checks what is recorded.</summary>
    internal async Task<FireReport> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        var (kills, freezes) = (0, 0);
        try
        {
            Ask(plan.Packs > 0 ? Math.Max(1, plan.Dates / 5) : 0);
            for (var node = 0; node < plan.Nodes; node++)
            {
                _nodes.Add(Start(node));
            }

            while (clock.Elapsed < plan.Fire)
            {
                await Task.Delay(plan.LongestCalm * _chance.NextDouble());
                Ask((int)Math.Min(plan.Dates, Math.Ceiling(plan.Dates * clock.Elapsed / plan.Fire)));
                var node = _chance.Next(plan.Nodes);
                if (_chance.Next(5) > 0)
                {
                    kills++;
                    _nodes[node].Kill();
                    _nodes[node].Dispose();
                    _nodes[node] = Start(node);
                }
                else
                {
                    freezes++;
                    _nodes[node].Freeze();
                    await Task.Delay(TimeSpan.FromSeconds(_chance.Next(1, 9)));
                    _nodes[node].Thaw();
                }
            }

            Ask(plan.Dates);
            await DrainAsync();
            var seconds = clock.Elapsed.TotalSeconds;
            foreach (var node in _nodes)
            {
                // One that was begun anew a moment ago is no service yet, and a signal would only cancel it.
                await node.StartedAsync();
                var exit = await node.EndAsync();
                Assert.True(exit == 0, string.Join('\n', node.Lines));
            }

            return Check(kills, freezes, seconds);
        }
        finally
        {
            _nodes.ForEach(node => node.Dispose());
        }
    }

    ServeProcess Start(int node) => ServeProcess.Start(workspace, $"n{node}", "none", secrets);

    void Ask(int dates)
    {
        if (dates <= _asked)
        {
            return;
        }

        var added = Enumerable.Range(_asked, dates - _asked).Select(PostingWorkspace.First.AddDays).ToList();
        for (var pack = 0; pack < plan.Packs; pack++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"p{pack}");
            schedule.Turn(turn => Requests.Backfill(turn, id, added, _ => false, Instant.From(TimeProvider.System.GetUtcNow())));
        }

        _asked = dates;
    }

    async Task DrainAsync()
    {
        var waited = Stopwatch.StartNew();
        while (schedule.Turn(turn => turn.Open()).Count > 0)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(5), $"still due:\n{string.Join('\n', schedule.Turn(turn => turn.Open()))}\n"
                + string.Join('\n', _nodes.SelectMany(node => node.Lines.TakeLast(15))));
            await Task.Delay(200);
        }
    }

    FireReport Check(int kills, int freezes, double seconds)
    {
        var due = schedule.Turn(turn => turn.Newest(null, int.MaxValue));
        Assert.Equal(plan.Packs * plan.Dates, due.Count);
        Assert.All(due, run => Assert.True(run.State == DueState.Done, run.ToString()));
        using var store = openRuns();
        var runs = store.Runs(null, int.MaxValue);
        Assert.Equal(
            due.Select(run => (run.PackId, run.BusinessDate, run.RunId!)).Order(), runs.Select(run => (run.PackId, run.BusinessDate, run.Id)).Order());
        Assert.All(runs, run => Assert.Equal((1, 1, false), (run.Revision, run.Posts, run.IsStale)));
        var posts = runs.SelectMany(run => store.FindRun(run.Id)!.Record.Posts).ToList();
        Assert.All(posts, post => Assert.Equal(PostingState.Queued, post.State));
        Assert.Equal(plan.Packs * plan.Dates, posts.Select(post => post.Key).Distinct().Count());
        Assert.Equal([plan.Packs * plan.Dates], store.Database.All("SELECT count(*) FROM postings", row => row.Number(0)));
        Assert.Null(store.Verify());
        return new FireReport(runs.Count, kills, freezes, due.Sum(run => run.Lapses), seconds);
    }
}
