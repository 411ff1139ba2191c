// Which rows of a source are counted together when identical ones are told apart by number.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>
/// All rows outside of statements are one delivery, over all files of the run: so it makes no difference how rows are spread
/// over files. Files of the same bytes are one file delivered again: the n-th of each are counted together, apart from the first,
/// and come to the numbers that the first has. Rows of statements are counted along their chain (<see cref="StatementChains"/>).
/// </summary>
sealed class OccurrenceScopes
{
    // Before all statements, so that rows outside of them meet none.
    static readonly StatementPlace Outside = new(-1, 0, 0, GoesOnFromEarlier: false);

    readonly RawTable _table;
    readonly int[] _copyOf;
    readonly StatementChains? _chains;

    /// <param name="rows">Row → what it says, by 128 bits.</param>
    /// <param name="closings">Closings that earlier runs accepted.</param>
    internal OccurrenceScopes(RawTable table, UInt128[] rows, IReadOnlyList<StatementClosing> closings)
    {
        _table = table;
        _chains = table.StatementOf is null ? null : new StatementChains(table, rows, closings);
        _copyOf = new int[table.Files.Count];
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var file = 0; file < _copyOf.Length; file++)
        {
            _copyOf[file] = copies.GetValueOrDefault(table.Files[file].Sha256);
            copies[table.Files[file].Sha256] = _copyOf[file] + 1;
        }
    }

    internal StatementPlace Of(int row) => _table.StatementOf?[row] is >= 0 and var statement
        ? _chains!.Of(statement)
        : Outside with { Copy = _copyOf.Length == 0 ? 0 : _copyOf[_table.FileOf?[row] ?? 0] };
}
