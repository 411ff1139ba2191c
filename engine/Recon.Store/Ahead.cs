// Makes things on another thread, some ahead of whoever takes them.
using System.Threading.Channels;

namespace Recon.Store;

/// <summary>Items in their order, each made once; disposing it ends the making.</summary>
sealed class Ahead<T> : IDisposable
{
    // Eight segments are some 20 MiB: enough to keep one core busy while the other inserts rows.
    const int Waiting = 8;

    readonly Channel<T> _made = Channel.CreateBounded<T>(Waiting);
    readonly CancellationTokenSource _unwanted = new();
    readonly Task _making;

    public Ahead(IEnumerable<T> items) => _making = Task.Run(() => MakeAsync(items));

    /// <summary>Called once. What was thrown while making is thrown here.</summary>
    public IEnumerable<T> Take()
    {
        while (_made.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_made.Reader.TryRead(out var item))
            {
                yield return item;
            }
        }
    }

    public void Dispose()
    {
        _unwanted.Cancel();
        Task.WhenAny(_making).Wait();
        _unwanted.Dispose();
    }

    async Task MakeAsync(IEnumerable<T> items)
    {
        try
        {
            foreach (var item in items)
            {
                await _made.Writer.WriteAsync(item, _unwanted.Token);
            }

            _made.Writer.Complete();
        }
        catch (Exception fault)
        {
            _made.Writer.Complete(fault);
        }
    }
}
