// Runs the parts of a step side by side; what comes out never depends on how many run at once.
namespace Recon.Matching.Blocks;

/// <summary>As many threads as the caller allows.</summary>
sealed class Workers(int threads, CancellationToken cancellation)
{
    readonly ParallelOptions _options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };

    public void ThrowIfCancelled() => cancellation.ThrowIfCancellationRequested();

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

    /// <summary>As <see cref="ForEach(int, Action{int})"/>, with something of its own for each thread (buffers, findings).</summary>
    public void ForEach<TLocal>(int count, Func<TLocal> make, Action<int, TLocal> part, Action<TLocal> done)
    {
        if (count == 1 || threads == 1)
        {
            var only = make();
            for (var index = 0; index < count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                part(index, only);
            }

            done(only);
            return;
        }

        Rethrowing(() => Parallel.For(
            0,
            count,
            _options,
            make,
            (index, _, local) =>
            {
                part(index, local);
                return local;
            },
            done));
    }

    static void Rethrowing(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
