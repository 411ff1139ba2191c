// Makes the next of many things on another thread while the last one is used.
namespace Recon.Store;

/// <summary>Items in their order, each made once, one ahead of whoever takes them; disposing it ends the making.</summary>
sealed class Ahead<T> : IDisposable
{
    readonly IEnumerator<T> _items;
    Task<bool> _next;

    public Ahead(IEnumerable<T> items)
    {
        _items = items.GetEnumerator();
        _next = Task.Run(_items.MoveNext);
    }

    /// <summary>Called once. What was thrown while making is thrown here.</summary>
    public IEnumerable<T> Take()
    {
        while (_next.GetAwaiter().GetResult())
        {
            var item = _items.Current;
            _next = Task.Run(_items.MoveNext);
            yield return item;
        }
    }

    public void Dispose()
    {
        Task.WhenAny(_next).Wait();
        _items.Dispose();
    }
}
