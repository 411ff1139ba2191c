// The rows still in scope, with the columns they have so far.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Runs.Normalising;

/// <summary>
/// Rows that may become records. Fields that are read are built anew for every choice of rows, so that a column's scale
/// is that of the rows it holds; derived columns are gathered.
/// </summary>
/// <param name="Rows">Position → raw row.</param>
/// <param name="Ids">Business keys by position; not unique before duplicates are resolved.</param>
/// <param name="Read">One column a field that is read, in the order of the pack.</param>
/// <param name="Derived">Derived fields so far, in the order of the pack.</param>
sealed record Candidates(
    int[] Rows, TextColumn Ids, IReadOnlyList<Column> Read, IReadOnlyList<Column> Derived)
{
    public int Count => Rows.Length;

    public static Candidates Of(
        int[] rows, TextColumn ids, IReadOnlyList<FieldValues> values, ParallelOptions options) =>
        new(rows, ids, BuildColumns(rows, values, options), []);

    /// <summary>The candidates at these positions, in that order.</summary>
    public Candidates Choose(int[] positions, IReadOnlyList<FieldValues> values, ParallelOptions options)
    {
        var rows = new int[positions.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Rows[positions[i]];
        }

        var derived = Derived.Select(column => column.Gather(positions)).ToArray();
        return new Candidates(rows, Ids.Gather(positions), BuildColumns(rows, values, options), derived);
    }

    /// <summary>Without the rows that are not in scope any more; itself where all are.</summary>
    public Candidates InScope(
        RowAccounts accounts, IReadOnlyList<FieldValues> values, ParallelOptions options)
    {
        int[] positions = [.. Enumerable.Range(0, Count).Where(
            position => accounts.IsInScope(Rows[position]))];
        return positions.Length == Count ? this : Choose(positions, values, options);
    }

    public RecordTable ToTable(SourceSpec source, RawRows rows)
    {
        var tableOf = new byte[Count];
        var rowOf = new int[Count];
        var carried = new bool[Count];
        for (var i = 0; i < Count; i++)
        {
            var table = rows.TableOf(Rows[i]);
            (tableOf[i], rowOf[i]) = (checked((byte)table), rows.RowInTable(Rows[i], table));
            carried[i] = rows.IsCarried(Rows[i]);
        }

        return new RecordTable(
            source, Ids, [.. Read, .. Derived], new RowOrigins(rows.Tables, tableOf, rowOf, carried));
    }

    static Column[] BuildColumns(int[] rows, IReadOnlyList<FieldValues> values, ParallelOptions options)
    {
        var columns = new Column[values.Count];
        Parallel.For(0, columns.Length, options, field => columns[field] = values[field].Build(rows));
        return columns;
    }
}
