// Runs the parts of a step side by side; what comes out never depends on how many run at once.
using System.Runtime.ExceptionServices;

namespace Recon.Matching.Blocks;

/// <summary>Into how large parts the work is cut; the answer does not depend on it.</summary>
/// <param name="ChunkRows">Rows read by one task: 128 Ki are some milliseconds of work, and their keys one large page of memory.</param>
/// <param name="PartitionRows">Rows wanted in a partition: with 16 Ki its table stays in L2, and fewer partitions are written at once.</param>
/// <param name="RoundRows">
/// Rows that stand in partitions at once; with more, a pass goes through its rows several times, each time for a share of the partitions.
/// With 8 Mi they take some 200 MB, and to read the keys of ten million once more costs a twentieth of a second. Four times are enough, however
/// many rows there are, as long as their memory allows it.
/// </param>
/// <param name="BlockPairs">Candidate pairs of one key that are listed; with more, the choice is made without a list of them.</param>
/// <param name="BlockSteps">
/// Steps that one key may cost before it is given up as capped, a budget that grows with its records; a step is some nanoseconds.
/// The only part that can change an answer.
/// </param>
/// <param name="FewTexts">
/// Up to so many texts a record are compared one by one: 16 comparisons cost about as much as asking an index.
/// </param>
sealed record WorkCut(
    int ChunkRows, int PartitionRows, int RoundRows = 1 << 23, int BlockPairs = 1 << 16, long BlockSteps = 1 << 26, int FewTexts = 16)
{
    const int EnoughRounds = 4;

    public static WorkCut Default { get; } = new(ChunkRows: 1 << 17, PartitionRows: 1 << 14);

    /// <summary>Bytes that stand in partitions at once.</summary>
    public long RoundBytes { get; init; } = MatchOptions.UsualPartitionBytes;

    /// <summary>Rows that stand in partitions at once.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="rowBytes">Of each of them.</param>
    public int RowsOfRound(long rows, int rowBytes) =>
        (int)Math.Clamp(RoundBytes / rowBytes, 1, Math.Max(RoundRows, rows / EnoughRounds));
}

/// <summary>As many threads as the caller allows.</summary>
sealed class Workers(int threads, WorkCut cut, CancellationToken cancellation)
{
    readonly ParallelOptions _options = new()
    {
        MaxDegreeOfParallelism = threads,
        CancellationToken = cancellation,
    };

    public WorkCut Cut => cut;

    public CancellationToken Cancellation => cancellation;

    public int Threads => threads;

    /// <summary>For whoever starts the work and for its threads.</summary>
    public BufferPool Buffers { get; } = new();

    public void ForEach(int count, Action<int> part)
    {
        if (count == 1 || threads == 1)
        {
            for (var index = 0; index < count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                part(index);
            }

            return;
        }

        Rethrowing(() => Parallel.For(0, count, _options, part));
    }

    /// <summary>
    /// As <see cref="ForEach(int, Action{int})"/>, with something of its own for each thread (buffers, findings): made once a thread.
    /// </summary>
    public void ForEach<TLocal>(int count, Func<TLocal> make, Action<int, TLocal> part, Action<TLocal> done)
    {
        var next = -1;
        void Work()
        {
            var local = make();
            for (var index = Interlocked.Increment(ref next); index < count; index = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                part(index, local);
            }

            done(local);
        }

        var shares = Math.Min(count, threads);
        if (shares <= 1)
        {
            Work();
            return;
        }

        Rethrowing(() => Parallel.For(0, shares, _options, _ => Work()));
    }

    static void Rethrowing(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
