// What only a store in a file meets: a process that died in the middle, a disk that is full.
using Recon.Model;
using Recon.Runs.Ports;
using Xunit;

namespace Recon.Tests.Store;

public sealed class SqliteTransactionTests : IDisposable
{
    readonly SqliteTempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_transaction_that_was_abandoned_is_not_there_when_the_store_is_opened_again()
    {
        using (var store = _temp.Open())
        {
            store.Record(Submissions.Run(2));
            store.Database.Execute("BEGIN IMMEDIATE");
            store.Database.Execute("DELETE FROM breaks");
        }

        using var reopened = _temp.Open();
        Assert.Null(reopened.Verify());
        Assert.Equal(2, reopened.Breaks(BreakQuery.All).Breaks.Count);
    }

    [Fact]
    public void A_disk_that_is_full_at_any_page_leaves_the_store_as_it_was_and_the_retry_works()
    {
        using var store = _temp.Open();
        store.Record(Submissions.Run(2));
        var before = RecordTransactionTests.Contents(store);
        var next = Submissions.Run(3, after: Submissions.Run(2), open: 20_000);
        var pages = store.Database.All("PRAGMA page_count", row => row.Number(0))[0];
        var faults = 0;
        for (var limit = pages; faults < 1000; limit++)
        {
            store.Database.Execute($"PRAGMA max_page_count = {limit}");
            try
            {
                store.Record(next);
                break;
            }
            catch (ReconException fault)
            {
                faults++;
                Assert.Equal((FaultKind.Storage, false), (fault.Kind, fault.IsTransient));
                Assert.StartsWith($"{_temp.Path}: the disk is full", fault.Message, StringComparison.Ordinal);
                Assert.Equal(before, RecordTransactionTests.Contents(store));
            }
        }

        Assert.InRange(faults, 20, 999);
        Assert.Null(store.Verify());
        Assert.Equal(20_000, store.Opening(Submissions.Pack, Submissions.Day(4)).Items.Count);
    }
}
