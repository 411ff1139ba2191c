// The records of a source and the account of its rows.
using System.Collections;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>The records in scope, what became of every other row, and what later runs need of them.</summary>
/// <remarks>Immutable and safe for any number of threads.</remarks>
public sealed class NormalisedSource
{
    readonly RawRows _rows;
    readonly int[] _rawRowOf;
    readonly RowContents _contents;
    readonly RowContents _meanings;
    readonly RowContents? _asJoined;
    readonly int _threads;

    internal NormalisedSource(
        RawRows rows,
        Candidates records,
        RecordTable table,
        RowContents contents,
        RowContents meanings,
        RowContents? asJoined,
        DeliveredRows delivered,
        IReadOnlyDictionary<string, ControlledField> controlled,
        int threads)
    {
        _threads = threads;
        _rows = rows;
        _rawRowOf = records.Rows;
        _contents = contents;
        _meanings = meanings;
        _asJoined = asJoined;
        Delivered = delivered;
        Records = table;
        Controlled = controlled;
    }

    /// <summary>New and carried records, by id.</summary>
    public RecordTable Records { get; }

    public required RowCounts Counts { get; init; }

    /// <summary>One entry an open item of earlier runs.</summary>
    public required IReadOnlyList<CarriedFate> Fates { get; init; }

    /// <summary>Rows that <c>where</c> left out, by condition.</summary>
    public required IReadOnlyList<ExclusionCount> Exclusions { get; init; }

    /// <summary>
    /// Rejected rows and rejected carried items (no file, reason <c>carried: …</c>), by (source, reason, content, file, line).
    /// </summary>
    public required IReadOnlyList<Reject> Rejects { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    /// <inheritdoc cref="RowAccounts.JoinedLost"/>
    internal int JoinedLost { get; init; }

    /// <inheritdoc cref="RowAccounts.DecidedBefore"/>
    internal Func<int[]> DecidedBefore { get; init; } = () => [];

    internal RawRows Raw => _rows;

    internal ExcludedRows Excluded { get; init; } = ExcludedRows.None;

    internal DeliveredRows Delivered { get; }

    /// <summary>True where a record, new or carried, or a held open item has this id.</summary>
    internal bool Has(string id) =>
        Records.RowOf(Encoding.UTF8.GetBytes(id)) >= 0 || Fates.Any(fate => fate.IsHeld && fate.Item.Record.Id == id);

    /// <summary>
    /// Where the row with this id stands that <c>where</c> left out: <c>a.csv:12</c>; null where no such row was read, and
    /// for carried rows, which become rejects.
    /// </summary>
    public string? PlaceOfExcluded(string id) => Excluded.RowOf(id) is int row && !_rows.IsCarried(row) ? _rows.Place(row) : null;

    /// <summary>Values of the fields that controls ask about, over all rows read.</summary>
    internal IReadOnlyDictionary<string, ControlledField> Controlled { get; }

    /// <summary>The row of the table read now that a record is; null for an open item.</summary>
    internal int? ReadRowOf(int row) => _rows.IsCarried(_rawRowOf[row]) ? null : _rawRowOf[row];

    /// <summary>The open item that a record was; null for a record read now.</summary>
    public CarriedItem? CarriedOrigin(int row) => _rows.Carried(_rawRowOf[row]);

    /// <summary>The non-empty raw cells by the names of their columns (ordinal UTF-8).</summary>
    public RawCells Cells(int row) =>
        CarriedOrigin(row) is { } item ? item.Cells : _rows.Cells(_rawRowOf[row]);

    /// <summary>The record as the next run needs it, open on these legs.</summary>
    public CarriedItem CarriedItemOf(int row, IReadOnlyList<OpenLeg> openLegs)
    {
        var record = new RecordId(Records.Name, Records.Id(row));
        if (CarriedOrigin(row) is { } item)
        {
            return item with
            {
                Record = record,
                OpenLegs = openLegs,
                Residual = item.Residual is { } left ? left with { Of = Records.Origins.Residuals[row] } : null,
            };
        }

        var raw = _rawRowOf[row];
        var table = _rows.Read;
        return new CarriedItem(
            record,
            _contents.Of(raw),
            table.Dialect,
            _rows.Cells(raw),
            table.FileName(raw),
            table.Line(raw),
            openLegs);
    }

    /// <summary>
    /// Fingerprints of records that are settled on all legs, sorted by id: 128 bits of the id and of what it stands for, which is
    /// the raw cells, or the normalised row where the id is automatic (SHA-256, cut).
    /// </summary>
    /// <param name="rows">Ascending.</param>
    /// <param name="pushed">
    /// Row → true where the pass matched it that servers may join: it is known by what travels of a joined row; null where there is no such pass.
    /// </param>
    public SettledRecords SettledOf(ReadOnlySpan<int> rows, BitArray? pushed = null)
    {
        var (ordered, shortCount) = ByFingerprint(rows);
        var contents = ContentsOf(ordered, pushed);
        var ids = new UInt128[ordered.Length];
        RowRanges.ForEach(
            ordered.Length,
            _threads,
            (from, to) =>
            {
                for (var i = from; i < to; i++)
                {
                    ids[i] = SettledLookup.Fingerprint(Records.Ids.Utf8(ordered[i]));
                }
            },
            CancellationToken.None);
        Array.Sort(ids, contents, shortCount, ids.Length - shortCount);
        return new SettledRecords(Records.Name, ids, contents);
    }

    /// <summary>True where a record with this content, as <see cref="SettledOf"/> gives it, is the one of this row.</summary>
    internal bool Means(int row, UInt128 settled) =>
        SettledOf([row]).Contents[0] == settled || _asJoined?.Of(_rawRowOf[row]) == settled;

    UInt128[] ContentsOf(int[] rows, BitArray? pushed)
    {
        if (pushed is null)
        {
            return _meanings.Of(RawRowsOf(_ => true), CancellationToken.None);
        }

        var whole = _meanings.Of(RawRowsOf(row => !pushed[row]), CancellationToken.None);
        var joined = _asJoined!.Of(RawRowsOf(row => pushed[row]), CancellationToken.None);
        var (nextWhole, nextJoined) = (0, 0);
        return Array.ConvertAll(rows, row => pushed[row] ? joined[nextJoined++] : whole[nextWhole++]);

        int[] RawRowsOf(Predicate<int> isMeant) => Array.ConvertAll(Array.FindAll(rows, isMeant), row => _rawRowOf[row]);
    }

    /// <summary>
    /// Rows by the length of their ids, those whose fingerprint is a hash last: a short id stands for itself behind its
    /// length and ids of one length stand in order already, so that only the hashes need sorting.
    /// </summary>
    (int[] Rows, int ShortCount) ByFingerprint(ReadOnlySpan<int> rows)
    {
        var starts = new int[SettledLookup.LongestPlain + 3];
        foreach (var row in rows)
        {
            starts[LengthClass(row) + 1]++;
        }

        for (var length = 1; length < starts.Length; length++)
        {
            starts[length] += starts[length - 1];
        }

        var shortCount = starts[SettledLookup.LongestPlain + 1];
        var ordered = new int[rows.Length];
        foreach (var row in rows)
        {
            ordered[starts[LengthClass(row)]++] = row;
        }

        return (ordered, shortCount);
    }

    int LengthClass(int row) => Math.Min(Records.Ids.Utf8(row).Length, SettledLookup.LongestPlain + 1);
}

/// <summary>A field over the rows read: values by raw row, or a derived column with the raw rows it was derived for.</summary>
sealed record ControlledField(FieldValues? Values, Column? Derived, int[] DerivedRows);
