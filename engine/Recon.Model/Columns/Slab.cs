// Memory for many small blocks, asked for in large pieces.
using System.Runtime.CompilerServices;

namespace Recon.Model.Columns;

/// <summary>
/// Hands out parts of extents of 16 MiB. The system gives large pages for an array of that size, and one of 4 KiB at a time for blocks that are
/// made one by one. Safe for any number of threads; what was handed out is never given back alone.
/// </summary>
public sealed class Slab<T>(ColumnMemory memory)
    where T : unmanaged
{
    const int Bytes = 1 << 24;

    readonly Lock _gate = new();
    Extent<T> _values;
    int _used;

    /// <summary>So many values that nobody else has; they hold anything.</summary>
    public Extent<T> Take(int count)
    {
        lock (_gate)
        {
            if (count > _values.Count - _used)
            {
                (_values, _used) = (memory.Take<T>(Math.Max(Bytes / Unsafe.SizeOf<T>(), count)), 0);
            }

            _used += count;
            return _values.Slice(_used - count, count);
        }
    }
}

/// <summary>Where the texts of one source are kept.</summary>
public sealed class TextSlabs(ColumnMemory memory)
{
    internal Slab<byte> Slots { get; } = new(memory);

    internal Slab<ushort> Codes { get; } = new(memory);

    internal Slab<UInt128> Prints { get; } = new(memory);
}
