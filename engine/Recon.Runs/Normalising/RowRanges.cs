// Cuts rows into ranges that threads can share.
using System.Runtime.ExceptionServices;
using Recon.Model;

namespace Recon.Runs.Normalising;

static class RowRanges
{
    // Not a matter of threads, so that what is done never depends on them; 16,384 rows are some milliseconds.
    const int RangeRows = 1 << 14;

    /// <summary>Into how many ranges so many rows are cut.</summary>
    public static int Count(int rows) => (rows + RangeRows - 1) / RangeRows;

    /// <summary>The range of a row.</summary>
    public static int Of(int row) => row / RangeRows;

    /// <summary>Does the work for [from, to) of each range. Of several faults the one of the lowest range is thrown.</summary>
    public static void ForEach(int rows, int threads, Action<int, int> work, CancellationToken cancellation)
    {
        ForEach(Count(rows), Options(threads, cancellation), range => work(range * RangeRows, Math.Min(rows, (range + 1) * RangeRows)));
    }

    /// <summary>Does so many parts of work. Of several faults the one of the first part is thrown.</summary>
    public static void ForEach(int parts, ParallelOptions options, Action<int> work)
    {
        var faults = new ExceptionDispatchInfo?[parts];
        Parallel.For(0, parts, options, part =>
        {
            try
            {
                work(part);
            }
            catch (ReconException fault)
            {
                faults[part] = ExceptionDispatchInfo.Capture(fault);
            }
        });
        Array.Find(faults, fault => fault is not null)?.Throw();
    }

    public static ParallelOptions Options(int threads, CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
}
