// Memory for many small blocks, asked for in large pieces.
using System.Runtime.CompilerServices;

namespace Recon.Model.Columns;

/// <summary>
/// Hands out parts of arrays of 16 MiB. The system gives large pages for an array of that size, and one of 4 KiB at a time for blocks that are
/// made one by one. Safe for any number of threads; what was handed out is never given back alone.
/// </summary>
sealed class Slab<T>
    where T : unmanaged
{
    const int Bytes = 1 << 24;

    readonly Lock _gate = new();
    T[] _values = [];
    int _used;

    /// <summary>So many values that nobody else has; they hold anything.</summary>
    public ArraySegment<T> Take(int count)
    {
        lock (_gate)
        {
            if (_used + count > _values.Length)
            {
                (_values, _used) = (GC.AllocateUninitializedArray<T>(Math.Max(Bytes / Unsafe.SizeOf<T>(), count)), 0);
            }

            _used += count;
            return new ArraySegment<T>(_values, _used - count, count);
        }
    }
}

/// <summary>Where the texts of one source are kept.</summary>
public sealed class TextSlabs
{
    internal Slab<byte> Slots { get; } = new();

    internal Slab<ushort> Codes { get; } = new();

    internal Slab<UInt128> Prints { get; } = new();
}
