// Reads the fields of rows block by block while a reader goes on, so that the bytes of the rows need not stay.
using System.Collections.Concurrent;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Runs.Normalising;

/// <summary>What was read of all rows of a source when they came by.</summary>
/// <param name="Values">The fields that are read, in the order of the pack, by row.</param>
/// <param name="Contents">Content of each row (<see cref="RowContents"/>); null where nobody wants it.</param>
sealed record TakenRows(IReadOnlyList<FieldValues> Values, UInt128[]? Contents);

/// <summary>Takes the rows of one source.</summary>
/// <param name="asked">What rules ask of many records: it stays in memory.</param>
/// <param name="wantsContents">True for runs that record what they settled.</param>
/// <param name="seed">Secret, of the run; what is taken does not depend on it.</param>
sealed class FieldIntake(SourceSpec source, AskedFields asked, bool wantsContents, long seed, CancellationToken cancellation)
{
    readonly FieldSpec[] _fields = [.. source.Fields.Where(field => field.Derived is null)];
    readonly ConcurrentDictionary<int, Block> _blocks = new();
    readonly TextSlabs _slabs = new();

    /// <summary>Reads the fields of a block; any number of threads may do so at once.</summary>
    /// <param name="number">From 0 in the order of file and row.</param>
    /// <param name="rows">Its rows alone, in memory.</param>
    /// <param name="elsewhere">The same rows without their bytes; null where they stay in memory.</param>
    public void Take(int number, RawTable rows, RowBlock? elsewhere)
    {
        var raw = new RawRows(rows, []);
        FieldValues?[] values = Array.ConvertAll(_fields, field => Without(FieldReading.Read([rows], source, field, cancellation), field, elsewhere));
        var contents = wantsContents ? new RowContents(raw, threads: 1, []).Of([.. Enumerable.Range(0, rows.Count)], cancellation) : null;
        _blocks[number] = new Block(rows.Count, values, contents);
    }

    /// <summary>What was taken, in the order of the rows; null where no block came.</summary>
    public TakenRows? Taken(int threads)
    {
        if (_blocks.IsEmpty)
        {
            return null;
        }

        var blocks = Enumerable.Range(0, _blocks.Count).Select(number => _blocks[number]).ToList();
        var values = new FieldValues[_fields.Length];
        Parallel.For(0, values.Length, RowRanges.Options(threads, cancellation), field =>
        {
            values[field] = FieldValues.Joined(_fields[field].Kind, [.. blocks.Select(block => (block.Values[field]!, block.Count))]);
            blocks.ForEach(block => block.Values[field] = null);
        });
        return new TakenRows(values, wantsContents ? Contents(blocks) : null);
    }

    static UInt128[] Contents(List<Block> blocks)
    {
        var contents = new UInt128[blocks.Sum(block => block.Count)];
        var start = 0;
        foreach (var block in blocks)
        {
            block.Contents!.CopyTo(contents, start);
            start += block.Count;
        }

        return contents;
    }

    // Texts that are cleaned are in memory of their own already.
    FieldValues Without(FieldValues values, FieldSpec field, RowBlock? elsewhere)
    {
        if (values is not TextValues texts || field.Clean.Count > 0 || elsewhere is null)
        {
            return values;
        }

        return texts.With(
            asked.Read.Contains(field.Name) ? texts.Column.Kept(_slabs, seed)
            : asked.Equalled.Contains(field.Name) ? texts.Column.Printed(elsewhere, _slabs, seed)
            : texts.Column.Over(elsewhere));
    }

    sealed record Block(int Count, FieldValues?[] Values, UInt128[]? Contents);
}
