// Integers that grow in number, as one run of memory.
namespace Recon.Matching.Choosing;

/// <summary>A list of Int32 that gives its memory as a span.</summary>
sealed class IntList
{
    int[] _items = [];

    public int Count { get; private set; }

    public Span<int> Span => _items.AsSpan(0, Count);

    public int this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    public void Add(int item)
    {
        Reserve(1);
        _items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<int> items)
    {
        Reserve(items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Keeps the first items and drops the rest.</summary>
    public void Cut(int count) => Count = count;

    void Reserve(int more)
    {
        if (Count + more > _items.Length)
        {
            Array.Resize(ref _items, Math.Max(Count + more, Math.Max(16, _items.Length * 2)));
        }
    }
}
