// How inner loops are measured.
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Recon.Benchmarks.InnerLoops;

static class InnerLoopConfig
{
    /// <summary>In this process: the build keeps its output outside of the projects, where BenchmarkDotNet's own builds do not look.</summary>
    internal static IConfig Create() => DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
}
