// Each pass of workload W alone, on all records: key hashing, blocks, candidates, choosing. One thread.
using BenchmarkDotNet.Attributes;
using Recon.Matching;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Benchmarks.InnerLoops;

[MemoryDiagnoser]
public class PassLoops
{
    Books _books = null!;
    Pack _pack = null!;

    /// <summary>Exact join k-th with k-th; closest amount; closest date; one to many by total.</summary>
    [Params("exact", "near-amount", "near-date", "split")]
    public string Pass { get; set; } = "";

    [GlobalSetup]
    public void Open()
    {
        _books = new Books();
        _pack = _books.Pack with { Passes = [_books.Pack.Pass(Pass) with { Index = 0 }] };
    }

    [GlobalCleanup]
    public void Close() => _books.Delete();

    [Benchmark(OperationsPerInvoke = Books.Rows)]
    public MatchSet Match() => Matcher.Match(
        _pack, _books.Tables, MatchScope.Everything(_pack),
        new MatchOptions(_books.Rules, new Dictionary<string, BusinessCalendar>(StringComparer.Ordinal), Threads: 1, HashSeed: 7),
        CancellationToken.None);
}
