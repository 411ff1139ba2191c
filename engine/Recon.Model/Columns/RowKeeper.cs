// Rows that were read and are no longer in memory.
namespace Recon.Model.Columns;

/// <summary>Reads single rows again. Safe for any number of threads.</summary>
public abstract class RowKeeper
{
    // Cells of one row are asked for one after the other.
    volatile Last? _last;

    /// <summary>The row that begins at a place, as the first of a block.</summary>
    /// <exception cref="ReconException">It is not there any more, or not as it was.</exception>
    public RowBlock Row(long place)
    {
        if (_last is { } last && last.Place == place)
        {
            return last.Row;
        }

        var row = Load(place);
        _last = new Last(place, row);
        return row;
    }

    /// <summary>Reads the row that begins at a place.</summary>
    protected abstract RowBlock Load(long place);

    sealed record Last(long Place, RowBlock Row);
}
