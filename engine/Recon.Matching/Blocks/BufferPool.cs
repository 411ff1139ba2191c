// Large arrays that one pass leaves to the next.
namespace Recon.Matching.Blocks;

/// <summary>
/// Arrays to borrow for the length of a pass: memory that was touched once costs less than fresh memory. What is borrowed holds
/// anything. Safe for several threads.
/// </summary>
sealed class BufferPool
{
    readonly List<Array> _free = [];
    readonly Lock _gate = new();

    /// <summary>An array of at least so many items; the shortest there is, or a new one.</summary>
    public T[] Rent<T>(long length)
        where T : unmanaged
    {
        lock (_gate)
        {
            var best = -1;
            for (var i = 0; i < _free.Count; i++)
            {
                if (_free[i] is T[] && _free[i].Length >= length && (best == -1 || _free[i].Length < _free[best].Length))
                {
                    best = i;
                }
            }

            if (best != -1)
            {
                var found = (T[])_free[best];
                _free.RemoveAt(best);
                return found;
            }
        }

        return GC.AllocateUninitializedArray<T>(checked((int)length));
    }

    /// <summary>Gives an array back; nobody may read it afterwards.</summary>
    public void Return(Array array)
    {
        if (array.Length > 0)
        {
            lock (_gate)
            {
                _free.Add(array);
            }
        }
    }
}
