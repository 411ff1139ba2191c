// The laws of several nodes: however they die, stand still and come back, each run is recorded once and none is missed.
using CsCheck;
using Xunit;

namespace Recon.Tests.Runs.Scheduling;

public sealed class ClusterLaws
{
    [Fact]
    public void Every_due_run_is_recorded_once_in_order_and_none_is_missed() =>
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var cluster = new Cluster(new MemorySchedule(), seed);
            cluster.Live();
            cluster.Check();
        }, iter: 300);
}
