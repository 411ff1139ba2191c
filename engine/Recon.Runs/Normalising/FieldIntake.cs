// Reads the fields of rows block by block while a reader goes on, so that the bytes of the rows need not stay.
using System.Collections.Concurrent;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising.Cells;
using Recon.Runs.Ports;

namespace Recon.Runs.Normalising;

/// <summary>What was read of all rows of a source when they came by.</summary>
/// <param name="Values">The fields that are read, in the order of the pack, by row.</param>
/// <param name="Contents">Content of each row (<see cref="RowContents"/>); null where nobody wants it.</param>
sealed record TakenRows(IReadOnlyList<FieldValues> Values, Extent<UInt128>? Contents);

/// <summary>Takes the rows of one source.</summary>
/// <param name="asked">What rules ask of many records: it stays in memory.</param>
/// <param name="wantsContents">True for runs that record what they settled.</param>
/// <param name="seed">Secret, of the run; what is taken does not depend on it.</param>
/// <param name="memory">Where it is kept.</param>
sealed class FieldIntake(
    SourceSpec source, AskedFields asked, bool wantsContents, long seed, ColumnMemory memory, CancellationToken cancellation) : IDisposable
{
    readonly FieldSpec[] _fields = [.. source.Fields.Where(field => field.Derived is null)];
    readonly ConcurrentDictionary<int, Block> _blocks = new();
    readonly TextSlabs _slabs = new(memory);
    readonly Slab<UInt128> _contents = new(memory);

    // Written row by row while it is read; there is room for more rows only while nobody writes.
    readonly FieldValues?[] _values =
    [
        .. source.Fields.Where(field => field.Derived is null)
            .Select(field => field.Kind == FieldKind.Text ? null : FieldValues.Of(field.Kind, memory)),
    ];
    readonly ReaderWriterLockSlim _room = new();

    /// <summary>Reads the fields of a block; any number of threads may do so at once.</summary>
    public void Take(ReadRows block)
    {
        MakeRoom(block.Start + block.Rows.Count, block.Expected);
        _room.EnterReadLock();
        try
        {
            _blocks[block.Number] = new Block(
                block.Rows.Count, [.. _fields.Select((_, field) => Read(field, block))], wantsContents ? ContentsOf(block.Rows) : null);
        }
        finally
        {
            _room.ExitReadLock();
        }
    }

    /// <summary>What was taken, in the order of the rows; null where no block came.</summary>
    public TakenRows? Taken(int threads)
    {
        if (_blocks.IsEmpty)
        {
            return null;
        }

        var blocks = Enumerable.Range(0, _blocks.Count).Select(number => _blocks[number]).ToList();
        var count = blocks.Sum(block => block.Count);
        var values = new FieldValues[_fields.Length];
        RowRanges.ForEach(values.Length, RowRanges.Options(threads, cancellation), field =>
        {
            values[field] = _values[field] ?? TextValues.Joined([.. blocks.Select(block => block.Parts[field].Texts!)]);
            values[field].Reserve(count, count);
            values[field].Faults.AddRange(blocks.SelectMany(block => block.Parts[field].Faults));
        });
        return new TakenRows(values, wantsContents ? Contents(blocks) : null);
    }

    Extent<UInt128> ContentsOf(RawTable rows)
    {
        var contents = _contents.Take(rows.Count);
        new RowContents(new RawRows(rows, []), threads: 1, []).Of([.. Enumerable.Range(0, rows.Count)], cancellation).CopyTo(contents.Span);
        return contents;
    }

    public void Dispose() => _room.Dispose();

    Extent<UInt128> Contents(List<Block> blocks)
    {
        var contents = memory.Take<UInt128>(blocks.Sum(block => block.Count));
        var start = 0;
        foreach (var block in blocks)
        {
            block.Contents!.Value.Span.CopyTo(contents.Span[start..]);
            start += block.Count;
        }

        return contents;
    }

    void MakeRoom(int rows, int expected)
    {
        _room.EnterUpgradeableReadLock();
        try
        {
            foreach (var values in _values.OfType<FieldValues>().Where(values => !values.HasRoom(rows)))
            {
                _room.EnterWriteLock();
                try
                {
                    values.Reserve(rows, expected);
                }
                finally
                {
                    _room.ExitWriteLock();
                }
            }
        }
        finally
        {
            _room.ExitUpgradeableReadLock();
        }
    }

    Part Read(int field, ReadRows block)
    {
        var spec = _fields[field];
        return _values[field] is { } values
            ? new Part(null, FieldReading.ReadInto(values, block.Start, new FieldCells(source, spec, block.Rows), cancellation))
            : new Part(Kept(FieldReading.ReadTexts(block.Rows, source, spec, cancellation), spec, block.Elsewhere), []);
    }

    // Texts that are cleaned are in memory of their own already.
    TextValues Kept(TextValues texts, FieldSpec field, RowBlock? elsewhere) =>
        field.Clean.Count > 0 || elsewhere is null ? texts
        : texts.With(
            asked.Read.Contains(field.Name) ? texts.Column.Kept(_slabs, seed)
            : asked.Equalled.Contains(field.Name) ? texts.Column.Printed(elsewhere, _slabs, seed)
            : texts.Column.Over(elsewhere));

    // Of one field: its texts, or the faults of values that stand with those of all rows.
    sealed record Part(TextValues? Texts, List<CellFault> Faults);

    sealed record Block(int Count, Part[] Parts, Extent<UInt128>? Contents);
}
