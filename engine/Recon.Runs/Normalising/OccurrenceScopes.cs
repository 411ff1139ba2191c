// Which rows of a source are counted together when identical ones are told apart by number.
using Recon.Model;

namespace Recon.Runs.Normalising;

/// <summary>
/// A statement is counted by itself. All rows outside of statements are one delivery, over all files of the run: so it makes no
/// difference how rows are spread over files. Files of the same bytes are one file delivered again: the n-th of each
/// are counted together, apart from the first, and come to the numbers that the first has.
/// </summary>
sealed class OccurrenceScopes
{
    readonly RawTable _table;
    readonly int[] _copyOf;

    internal OccurrenceScopes(RawTable table)
    {
        _table = table;
        _copyOf = new int[table.Files.Count];
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var file = 0; file < _copyOf.Length; file++)
        {
            _copyOf[file] = copies.GetValueOrDefault(table.Files[file].Sha256);
            copies[table.Files[file].Sha256] = _copyOf[file] + 1;
        }
    }

    /// <summary>Equal for rows that are counted together; statements from 0, the others below: the two never meet.</summary>
    internal long Of(int row)
    {
        if (_table.StatementOf is { } statementOf && statementOf[row] >= 0)
        {
            return statementOf[row];
        }

        return _copyOf.Length == 0 ? -1 : -1L - _copyOf[_table.FileOf?[row] ?? 0];
    }
}
