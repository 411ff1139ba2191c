// Claims on a store in a file are locks of the operating system.
using Recon.Model;
using Recon.Store;
using Xunit;

namespace Recon.Tests.Store;

public sealed class LockFileTests : IDisposable
{
    readonly SqliteTempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Of_eight_at_once_one_wins()
    {
        using var store = _temp.Open();
        for (var round = 0; round < 20; round++)
        {
            using var all = new Barrier(8);
            var won = 0;
            var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
            {
                all.SignalAndWait();
                using var claim = LockFile.TryTake(_temp.Path, "pay");
                Interlocked.Add(ref won, claim is null ? 0 : 1);
                all.SignalAndWait();
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.Equal(1, won);
        }
    }

    [Fact]
    public void A_lock_that_cannot_be_made_is_a_fault_of_the_disk()
    {
        File.WriteAllText($"{_temp.Path}.locks", "a file where the directory should be");
        var fault = Assert.Throws<ReconException>(() => LockFile.TryTake(_temp.Path, "pay"));
        Assert.Equal(FaultKind.Storage, fault.Kind);
    }
}
