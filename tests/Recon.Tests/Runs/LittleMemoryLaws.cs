// Runs with little memory, or none to be had.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs;
using Recon.Runs.Testing;
using Recon.Store.Spilling;
using Recon.Tests.Cli;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Runs;

public sealed class LittleMemoryLaws
{
    [Fact]
    public void Columns_in_files_and_shares_of_one_partition_change_nothing() => RunLawsTests.Books.Holds(books =>
    {
        using var folder = new TemporaryFolder();
        using var memory = new SpillingMemory(limit: 0, arrays: 0, folder.Path);
        var little = new MemoryPlan(memory, PartitionBytes: 1);
        Assert.Equal(
            RunLawsTests.Bytes(RunLawsTests.Run(books, RowOrder.AsWritten)),
            RunLawsTests.Bytes(RunLawsTests.Run(books, RowOrder.AsWritten, threads: 2, memory: little)));
    }, oneIn: 20);
}

/// <summary>Memory of which so many pieces can be had.</summary>
sealed class ScarceMemory(int pieces) : ColumnMemory
{
    int _left = pieces;

    public bool IsSpent => _left < 0;

    public override Extent<T> Take<T>(int count) => Interlocked.Decrement(ref _left) >= 0
        ? Arrays.Take<T>(count)
        : throw new ReconException("no room", FaultKind.Storage, isTransient: true);
}
