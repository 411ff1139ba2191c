// Where columns get their memory from.
namespace Recon.Model.Columns;

/// <summary>Memory for values of which a run has one a record. Safe for any number of threads.</summary>
public abstract class ColumnMemory
{
    /// <summary>All of it is arrays, however much is asked for.</summary>
    public static ColumnMemory Arrays { get; } = new ArrayMemory();

    /// <summary>So many values that nobody else has; they hold anything.</summary>
    /// <exception cref="ReconException">There is no room for them (<see cref="FaultKind.Storage"/>).</exception>
    public abstract Extent<T> Take<T>(int count)
        where T : unmanaged;

    /// <summary>The first values of an extent in a longer one; the others hold anything.</summary>
    public Extent<T> Grown<T>(Extent<T> values, int count)
        where T : unmanaged
    {
        var grown = Take<T>(count);
        values.Span.CopyTo(grown.Span);
        return grown;
    }

    sealed class ArrayMemory : ColumnMemory
    {
        public override Extent<T> Take<T>(int count) => Extent.Of(GC.AllocateUninitializedArray<T>(count));
    }
}
