// The benchmarks: peers of "recon bench", inner loops, and a whole run against plain C#.
using System.Globalization;
using BenchmarkDotNet.Running;
using Recon.Benchmarks;
using Recon.Benchmarks.InnerLoops;
using Recon.Benchmarks.Linkage;
using Recon.Benchmarks.Peers;
using Recon.Benchmarks.WholeRun;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    // Started by "recon bench", each as a process of its own.
    case ["peer", "duckdb", var threads, var directory, var output]:
        DuckDbPeer.Run(directory, output, int.Parse(threads, CultureInfo.InvariantCulture));
        return 0;
    case ["peer", "plain", _, var directory, var output]:
        PlainPeer.Run(directory, output);
        return 0;
    case ["hot", .. var size]:
        HotKey.Run(size is [var records] ? int.Parse(records, CultureInfo.InvariantCulture) : 100_000);
        return 0;
    case ["fuzzy", .. var names]:
        return FuzzyNames.Run(names);
    case ["search", .. var keys]:
        return SubsetSearch.Run(keys);
    case ["budget", .. var rounds]:
        return BudgetCost.Run(rounds);
    case ["linkage", .. var rounds]:
        return LinkageBenchmark.Run(rounds);
    case ["confined", .. var rounds]:
        return ConfinedStart.Run(rounds is [var starts] ? int.Parse(starts, CultureInfo.InvariantCulture) : 15);
    case ["explain", .. var size]:
        return ExplainTimes.Run(size);
    case ["store", .. var items]:
        return StoreWrite.Run(items is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000);
    case ["read", .. var size]:
        return DatabaseRead.Run(
            size is [var total, ..] ? int.Parse(total, CultureInfo.InvariantCulture) : 5_000_000,
            size is [_, var times] ? int.Parse(times, CultureInfo.InvariantCulture) : 5);
    case ["push-down", .. var size]:
        return PushDownRead.Run(
            size is [var each, ..] ? int.Parse(each, CultureInfo.InvariantCulture) : 1_000_000,
            size is [_, var repeats] ? int.Parse(repeats, CultureInfo.InvariantCulture) : 5);
    case ["inner", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(DuckDbPeer).Assembly).Run(rest, InnerLoopConfig.Create());
        return 0;
    case [] or [[>= '0' and <= '9', ..], ..]:
        return WholeRunBenchmark.Run(args);
    default:
        Console.Error.WriteLine(
            "usage: [ROWS [ROUNDS]] | hot [RECORDS] | fuzzy [NAMES] | search [KEYS] | explain [ROWS] | store [ITEMS] | read [ROWS [ROUNDS]]"
            + " | push-down [ROWS [ROUNDS]] | linkage [ROUNDS] | confined [ROUNDS] | budget [ROUNDS] | inner [BenchmarkDotNet options]"
            + " | peer duckdb|plain THREADS INPUT OUTPUT");
        return 64;
}
