// From bytes to records: 100,000 rows of eight columns, one thread.
using BenchmarkDotNet.Attributes;
using Recon.Model;
using Recon.Runs.Normalising;

namespace Recon.Benchmarks.InnerLoops;

[MemoryDiagnoser]
public class ReadingLoops
{
    Books _books = null!;

    [GlobalSetup]
    public void Open() => _books = new Books();

    [GlobalCleanup]
    public void Close() => _books.Delete();

    /// <summary>Splits a file into columns of text.</summary>
    [Benchmark(OperationsPerInvoke = Books.Rows)]
    public RawTable Split() => _books.Read(_books.Pack.Sources[1]);

    /// <summary>Text to values, ids in order, fingerprints.</summary>
    [Benchmark(OperationsPerInvoke = Books.Rows)]
    public NormalisedSource Normalise() => _books.Normalise(_books.Pack.Sources[1]);
}
