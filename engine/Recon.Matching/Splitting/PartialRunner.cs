// Pairs records of which the larger may be left open in part.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Splitting;

/// <summary>
/// A 1:1 pass whose amounts need not be equal: they are of one currency and one sign, however far they lie apart. Amounts
/// above zero and below are paired by themselves.
/// </summary>
sealed class PartialRunner(PassSpec pass, RecordTable[] tables, ReaderFactory readers, Func<PassSpec, PassRunner> runnerOf)
{
    readonly PassRunner _runner = runnerOf(Widened(pass));
    readonly SideReader[] _amounts = [.. tables.Select(table => AmountOf(pass, table, readers))];

    /// <summary>The pass with room for every amount of a currency; distances stay what they are.</summary>
    public static PassSpec Widened(PassSpec pass)
    {
        var widest = new ExactNumber(ExactNumber.MaxUnits, 0);
        return pass with
        {
            Comparisons = [.. pass.Comparisons.Select(pair => pair == pass.Split
                ? pair with { Tolerance = new AmountTolerance(widest, widest, ((AmountTolerance)pair.Tolerance!).Currency) }
                : pair)],
        };
    }

    public PassFindings Find(OpenRows open) => OfBothSigns(open, rows => _runner.Find(rows, progress: null));

    public PassFindings List(OpenRows open) => OfBothSigns(open, _runner.List);

    int? SignOf(int side, int row) => _amounts[side].TryRead(row, out var value, out _) ? Int128.Sign(value) : null;

    // What was split as often as the pass allows takes no part.
    PassFindings OfBothSigns(OpenRows open, Func<OpenRows, PassFindings> find)
    {
        var whole = new PassFindings();
        foreach (var sign in new[] { 1, -1 })
        {
            whole.Add(find(new OpenRows(
            [
                .. tables.Select((table, side) => Enumerable.Range(0, table.Count)
                    .Select(row => !open.IsOpen(side, row) || SignOf(side, row) != sign || IsSplitUp(table, row)).ToArray()),
            ])));
        }

        return whole;
    }

    bool IsSplitUp(RecordTable table, int row) =>
        table.Origins.Residuals.TryGetValue(row, out var residual) && residual.Depth >= pass.Partial;

    static SideReader AmountOf(PassSpec pass, RecordTable table, ReaderFactory readers)
    {
        var operand = pass.Split.Left.Source == table.Name ? pass.Split.Left : pass.Split.Right;
        return readers.Amounts(table, operand, ReaderFactory.CommonScale((table, operand)));
    }
}
