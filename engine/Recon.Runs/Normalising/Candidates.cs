// The rows still in scope, with the columns they have so far.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Runs.Normalising;

/// <summary>
/// Rows that may become records. Columns of fields that are read are built when a table is asked for, so that a column's
/// scale is that of the rows it holds; derived columns are gathered.
/// </summary>
/// <param name="Rows">Position → raw row.</param>
/// <param name="Ids">Business keys by position; not unique before duplicates are resolved.</param>
/// <param name="Values">The fields that are read, in the order of the pack, by raw row.</param>
/// <param name="Derived">Derived fields so far, in the order of the pack.</param>
sealed record Candidates(
    int[] Rows, TextColumn Ids, IReadOnlyList<FieldValues> Values, IReadOnlyList<Column> Derived)
{
    // Of these rows; derived columns and ids come later and change nothing here.
    Column[]? _read;

    public int Count => Rows.Length;

    /// <summary>False where every candidate has an id of its own.</summary>
    public bool IdsMayRepeat { get; init; } = true;

    /// <summary>The candidates at these positions, in that order.</summary>
    public Candidates Choose(int[] positions)
    {
        var rows = new int[positions.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Rows[positions[i]];
        }

        return new Candidates(
            rows, Ids.InOrder(positions), Values, [.. Derived.Select(column => column.Gather(positions))])
        {
            IdsMayRepeat = IdsMayRepeat,
        };
    }

    /// <summary>Without the rows that are not in scope any more; itself where all are.</summary>
    public Candidates InScope(RowAccounts accounts)
    {
        if (Array.TrueForAll(Rows, accounts.IsInScope))
        {
            return this;
        }

        var positions = new int[Count];
        var used = 0;
        for (var position = 0; position < positions.Length; position++)
        {
            if (accounts.IsInScope(Rows[position]))
            {
                positions[used++] = position;
            }
        }

        return Choose(positions[..used]);
    }

    public RecordTable ToTable(SourceSpec source, RawRows rows, ParallelOptions options)
    {
        _read ??= BuildColumns(options);
        return new RecordTable(source, Ids, [.. _read, .. Derived], Origins(rows));
    }

    RowOrigins Origins(RawRows rows)
    {
        if (rows.Tables.Count == 1)
        {
            return new RowOrigins(rows.Tables, null, Rows, null);
        }

        var (tableOf, rowOf, carried) = (new byte[Count], new int[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            var table = rows.TableOf(Rows[i]);
            (tableOf[i], rowOf[i]) = (checked((byte)table), rows.RowInTable(Rows[i], table));
            carried[i] = rows.IsCarried(Rows[i]);
        }

        return new RowOrigins(rows.Tables, tableOf, rowOf, carried);
    }

    Column[] BuildColumns(ParallelOptions options)
    {
        var columns = new Column[Values.Count];
        RowRanges.ForEach(columns.Length, options, field => columns[field] = Values[field].Build(Rows));
        return columns;
    }
}
