// Does two things at once that do not need each other.
namespace Recon.Runs.Assembling;

static class SideBySide
{
    /// <summary>Both results. Where both fail the fault of the first is thrown, however many threads there are.</summary>
    internal static (TFirst First, TSecond Second) Run<TFirst, TSecond>(int threads, Func<TFirst> first, Func<TSecond> second)
    {
        if (threads < 2)
        {
            return (first(), second());
        }

        var other = Task.Run(second);
        try
        {
            var result = first();
            return (result, other.GetAwaiter().GetResult());
        }
        finally
        {
            Task.WhenAny(other).Wait();
        }
    }
}
