// Whoever reads while a run is being recorded sees all of it or nothing, and never a fault.
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Store;

public abstract class ReadingWhileWritingTests(TempStore temp) : StoreTests(temp)
{
    const int Runs = 60;

    [Fact]
    public async Task Reports_and_lists_stand_on_one_moment_each()
    {
        using (var store = Temp.Open())
        {
            store.Record(Run(0));
        }

        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Read(done.Token))).ToList();
        using (var store = Temp.Open())
        {
            for (var run = 1; run < Runs; run++)
            {
                store.Record(Run(run));
            }
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), rounds => Assert.True(rounds > 0));
    }

    int Read(CancellationToken done)
    {
        var rounds = 0;
        do
        {
            using var store = Temp.Open();
            var page = store.Breaks(BreakQuery.All with { Closed = true });
            Assert.Single(page.Breaks.Where(item => item.ClosedBy is null).Select(item => item.RunId).Distinct());
            Assert.NotNull(store.FindBreak(Submissions.Open("0").Id));
            var newest = Assert.Single(store.Runs(Submissions.Pack, limit: 1));
            Assert.Equal(newest.Id, store.FindRun(newest.Id)!.Record.Head.Id);
            Assert.Empty(store.StaleAfter(Submissions.Pack, DateOnly.MinValue));
            rounds++;
        }
        while (!done.IsCancellationRequested);

        return rounds;
    }

    static readonly RunSubmission First = Submissions.Run(2, breaks: [Submissions.Open("0"), Submissions.Open("1"), Submissions.Open("2")]);

    // Every revision of the second day begins from the first day and closes two of its three breaks.
    static RunSubmission Run(int number) => number == 0 ? First : Submissions.Run(
        3, after: First, inputs: $"{number}", revision: number, breaks: [Submissions.Open($"of {number}"), Submissions.Open($"{number % 2}")]);
}
