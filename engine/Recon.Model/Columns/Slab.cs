// Memory for many small blocks, asked for in large pieces.
namespace Recon.Model.Columns;

/// <summary>
/// Hands out parts of arrays of 16 MiB. The system gives large pages for an array of that size, and one of 4 KiB at a time for blocks that are
/// made one by one. Safe for any number of threads; what was handed out is never given back alone.
/// </summary>
public sealed class Slab
{
    const int Bytes = 1 << 24;

    readonly Lock _gate = new();
    byte[] _bytes = [];
    int _used;

    /// <summary>So many bytes that nobody else has; they hold anything.</summary>
    public ArraySegment<byte> Take(int count)
    {
        lock (_gate)
        {
            if (_used + count > _bytes.Length)
            {
                (_bytes, _used) = (GC.AllocateUninitializedArray<byte>(Math.Max(Bytes, count)), 0);
            }

            _used += count;
            return new ArraySegment<byte>(_bytes, _used - count, count);
        }
    }
}
