// Tells the two sides of a pass that nets: plus and minus, or what is reversed and what reverses it.
using Recon.Matching.Blocks;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Netting;

/// <summary>Sides by row. A record without an amount is on no side; a record that names another reverses and is not reversed.</summary>
sealed class NetSides(PassSpec pass, RecordTable table, ReaderFactory readers)
{
    readonly Column? _reference = pass.Reference is { } pair ? table.Column(pair.RightField) : null;
    readonly SideReader _amount = AmountOf(pass, table, readers);

    /// <summary>What may be paired: two sets of rows at a time, no row in two of them.</summary>
    /// <param name="closed">Row → true where it is out of reach.</param>
    public IEnumerable<OpenRows> Pairings(bool[] closed)
    {
        if (_reference is null)
        {
            yield return Rows(closed, row => SignOf(row) > 0, row => SignOf(row) < 0);
            yield break;
        }

        foreach (var sign in new[] { 1, -1, 0 })
        {
            yield return Rows(
                closed,
                row => _reference.IsNull(row) && SignOf(row) == sign,
                row => !_reference.IsNull(row) && SignOf(row) == -sign);
        }
    }

    /// <summary>Reversals as the second side where records name others; else all records as the first.</summary>
    public OpenRows Members(bool[] closed) => Rows(
        closed,
        row => _reference is null || _reference.IsNull(row),
        row => _reference is not null && !_reference.IsNull(row));

    int? SignOf(int row) => _amount.TryRead(row, out var value, out _) ? Int128.Sign(value) : null;

    static OpenRows Rows(bool[] closed, Func<int, bool> isFirst, Func<int, bool> isSecond) => new(
    [
        [.. closed.Select((isClosed, row) => isClosed || !isFirst(row))],
        [.. closed.Select((isClosed, row) => isClosed || !isSecond(row))],
    ]);

    static SideReader AmountOf(PassSpec pass, RecordTable table, ReaderFactory readers)
    {
        var operand = pass.Comparisons.First(pair => pair.Tolerance is AmountTolerance).Left;
        return readers.Amounts(table, operand, ReaderFactory.CommonScale((table, operand)));
    }
}
