// The records of a source after normalisation: typed columns, ordered by id.
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Model;

/// <summary>
/// All records of one source that are in scope of a run. Row i stands before row j exactly where the id of i is
/// smaller (ordinal UTF-8): the lower row index is the smaller business key, so no stage needs to sort again.
/// </summary>
/// <remarks>
/// Immutable and safe for any number of threads. Ids are unique. The table of a leg may have residuals behind (<see cref="ResidualRows"/>):
/// their order is that of their birth, and <see cref="RowOf"/> is not to be asked.
/// </remarks>
public sealed class RecordTable
{
    readonly Dictionary<string, int> _fieldIndex = new(StringComparer.Ordinal);

    public RecordTable(SourceSpec source, TextColumn ids, IReadOnlyList<Column> columns, RowOrigins origins)
    {
        Require.That(columns.Count <= source.Fields.Count);
        Source = source;
        Ids = ids;
        Columns = columns;
        Origins = origins;
        for (var i = 0; i < columns.Count; i++)
        {
            Require.That(columns[i].Count == ids.Count);
            _fieldIndex.Add(source.Fields[i].Name, i);
        }
    }

    public SourceSpec Source { get; }

    public string Name => Source.Name;

    public int Count => Ids.Count;

    /// <summary>The business keys; never NULL.</summary>
    public TextColumn Ids { get; }

    /// <summary>One column a field, in the order of <see cref="SourceSpec.Fields"/>; the last are still missing while derived fields are computed.</summary>
    public IReadOnlyList<Column> Columns { get; }

    public RowOrigins Origins { get; }

    public Column Column(string field) => Columns[_fieldIndex[field]];

    public MoneyColumn Money(string field) => (MoneyColumn)Column(field);

    public string Id(int row) => Ids.Text(row)!;

    /// <summary>The row with this id, by binary search; −1 where there is none.</summary>
    public int RowOf(ReadOnlySpan<byte> id)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Ids.Utf8(middle).SequenceCompareTo(id);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}

/// <summary>Where each record of a table came from.</summary>
/// <param name="Raw">The raw tables: those read now first, then the carried rows.</param>
/// <param name="RawTableOf">Row → index into <paramref name="Raw"/>; null where all are of the first.</param>
/// <param name="RawRowOf">Row → row in that raw table.</param>
/// <param name="Carried">Row → true where the record was open before this run; null where none was.</param>
public sealed record RowOrigins(IReadOnlyList<RawTable> Raw, byte[]? RawTableOf, int[] RawRowOf, bool[]? Carried)
{
    /// <summary>Row → of which record it is what was left; nothing for records as they were read.</summary>
    public IReadOnlyDictionary<int, ResidualOf> Residuals { get; init; } = new Dictionary<int, ResidualOf>();

    public RawTable TableOf(int row) => Raw[RawTableOf?[row] ?? 0];

    public bool IsCarried(int row) => Carried is not null && Carried[row];

    /// <summary>True where its server joined the record, so that what no rule asks of a matched record was not read (<see cref="RawTable.Joined"/>).</summary>
    public bool IsJoined(int row) =>
        Raw is [{ Joined: > 0 }, ..] && row < RawRowOf.Length && (RawTableOf?[row] ?? 0) == 0 && RawRowOf[row] < Raw[0].Joined;
}
