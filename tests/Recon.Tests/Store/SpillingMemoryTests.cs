// Memory beyond the budget: files that hold what arrays would hold.
using Recon.Model;
using Recon.Store.Spilling;
using Recon.Tests.Cli;
using Xunit;

namespace Recon.Tests.Store;

public sealed class SpillingMemoryTests
{
    [Fact]
    public void Values_stay_though_their_pages_are_let_go()
    {
        using var folder = new TemporaryFolder();
        using var memory = new SpillingMemory(limit: 0, arrays: 0, folder.Path);
        var values = memory.Take<long>(1 << 18);
        for (var i = 0; i < values.Count; i++)
        {
            values[i] = i * 3L;
        }

        // Several looks at a process that holds more than nothing.
        Thread.Sleep(150);
        Assert.Equal(Enumerable.Range(0, values.Count).Select(i => i * 3L), values.Span.ToArray());
        Assert.Equal([3L, 6L], values.Slice(1, 2).Span.ToArray());
        Assert.Equal([0L, 3L], memory.Grown(values.Slice(0, 2), 5).Span[..2].ToArray());
    }

    [Fact]
    public void Arrays_come_first_and_files_have_no_name()
    {
        using var folder = new TemporaryFolder();
        using var memory = new SpillingMemory(limit: 1 << 30, arrays: 100, folder.Path);
        memory.Take<byte>(100);
        Assert.Equal(0, memory.SpilledBytes);
        memory.Take<int>(5);
        Assert.Equal(20, memory.SpilledBytes);
        Assert.Equal(OperatingSystem.IsWindows() ? 1 : 0, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Where_files_cannot_be_it_is_a_fault_of_the_world()
    {
        using var folder = new TemporaryFolder();
        using var memory = new SpillingMemory(limit: 0, arrays: 0, folder.Of("none"));
        var fault = Assert.Throws<ReconException>(() => memory.Take<int>(1));
        Assert.Equal((FaultKind.Storage, false), (fault.Kind, fault.IsTransient));
        Assert.Contains("there is no such folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_read_once_it_is_given_back()
    {
        using var folder = new TemporaryFolder();
        var memory = new SpillingMemory(limit: 0, arrays: 0, folder.Path);
        var values = memory.Take<int>(4);
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => values[0]);
        Assert.Throws<ObjectDisposedException>(() => memory.Take<int>(1));
        memory.Dispose();
    }
}
