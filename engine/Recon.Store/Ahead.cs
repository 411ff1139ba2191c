// Makes things on another thread, a few ahead of whoever takes them.
using System.Collections.Concurrent;

namespace Recon.Store;

/// <summary>Items in their order, each made once; disposing it ends the making.</summary>
sealed class Ahead<T> : IDisposable
{
    // Two wait while one is taken: more would only hold memory.
    const int Waiting = 2;

    readonly BlockingCollection<T> _made = new(Waiting);
    readonly CancellationTokenSource _unwanted = new();
    readonly Task _making;

    public Ahead(IEnumerable<T> items) => _making = Task.Run(() => Make(items));

    /// <summary>Called once. What was thrown while making is thrown here.</summary>
    public IEnumerable<T> Take()
    {
        foreach (var item in _made.GetConsumingEnumerable())
        {
            yield return item;
        }

        _making.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _unwanted.Cancel();
        Task.WhenAny(_making).Wait();
        _unwanted.Dispose();
        _made.Dispose();
    }

    void Make(IEnumerable<T> items)
    {
        try
        {
            foreach (var item in items)
            {
                _made.Add(item, _unwanted.Token);
            }
        }
        finally
        {
            _made.CompleteAdding();
        }
    }
}
