// Values side by side, wherever their memory is.
namespace Recon.Model.Columns;

/// <summary>Values by index (from 0), in an array or in a file that is mapped into memory. The default has none.</summary>
public readonly struct Extent<T>
    where T : unmanaged
{
    readonly T[]? _array;
    readonly int _first;
    readonly Memory<T> _mapped;

    internal Extent(T[]? array, int first, Memory<T> mapped, int count) => (_array, _first, _mapped, Count) = (array, first, mapped, count);

    public int Count { get; }

    public Span<T> Span => _array is not null ? _array.AsSpan(_first, Count) : _mapped.Span;

    public ref T this[int index] => ref Span[index];

    /// <summary>Some of these values, shared with this.</summary>
    public Extent<T> Slice(int first, int count)
    {
        Require.That(first >= 0 && count >= 0 && count <= Count - first);
        return _array is not null ? new(_array, _first + first, default, count) : new(null, 0, _mapped.Slice(first, count), count);
    }
}

/// <summary>Makes extents.</summary>
public static class Extent
{
    /// <summary>The values of an array, which it keeps.</summary>
    public static Extent<T> Of<T>(T[] array)
        where T : unmanaged => new(array, 0, default, array.Length);

    /// <summary>Values that are in no array.</summary>
    public static Extent<T> Mapped<T>(Memory<T> values)
        where T : unmanaged => new(null, 0, values, values.Length);
}
