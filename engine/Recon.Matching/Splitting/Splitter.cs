// Makes what is left of the larger record of each pair.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Splitting;

/// <summary>The residuals of one leg, side by side, as rows behind those of the source.</summary>
/// <param name="read">The tables of the sources.</param>
sealed class Splitter(RecordTable[] read, ResidualNames names)
{
    readonly List<Residual>[] _made = [.. read.Select(_ => new List<Residual>())];

    /// <summary>By side: the residuals so far, and the table that has them; without one where there are none.</summary>
    /// <param name="tables">Those of now.</param>
    public IReadOnlyList<ResidualsOfSide> Made(RecordTable[] tables) =>
        [.. _made.Select((residuals, side) => new ResidualsOfSide(residuals, residuals.Count == 0 ? null : tables[side]))];

    /// <summary>The open rows that were not yet split as often as the pass allows.</summary>
    public static OpenRows Splittable(PassSpec pass, RecordTable[] tables, OpenRows open)
    {
        var splittable = open.Copy();
        for (var side = 0; side < tables.Length; side++)
        {
            foreach (var (row, residual) in tables[side].Origins.Residuals)
            {
                if (residual.Depth >= pass.Partial)
                {
                    splittable.Close(side, row);
                }
            }
        }

        return splittable;
    }

    /// <summary>
    /// By side: the residuals of pairs whose amounts lie farther apart than the pass allows, in the order of the rows that are split.
    /// </summary>
    /// <param name="pairs">Rows of both sides.</param>
    public IReadOnlyList<Residual>[] Split(PassPlan plan, IEnumerable<(int First, int Second)> pairs)
    {
        var (pass, tables) = (plan.Pass, plan.Tables);
        List<Residual>[] made = [[], []];
        var columns = tables.Select(table => table.Money(FieldOf(pass, table.Name))).ToArray();
        var scale = Math.Max(columns[0].Scale, columns[1].Scale);
        var allowance = Allowance.Of((AmountTolerance)pass.Split.Tolerance!, scale, leftIsFirst: plan.LeftSide == 0);
        foreach (var (first, second) in pairs)
        {
            var (a, b) = (columns[0].Money(first), columns[1].Money(second));
            if (!allowance.Holds(a.Number.Rescaled(scale).Units, b.Number.Rescaled(scale).Units))
            {
                var isFirst = a.Number.Abs() > b.Number.Abs();
                made[isFirst ? 0 : 1].Add(isFirst ? Of(pass, tables[0], 0, first, a - b) : Of(pass, tables[1], 1, second, b - a));
            }
        }

        for (var side = 0; side < made.Length; side++)
        {
            made[side].Sort((one, other) => one.Split.CompareTo(other.Split));
            _made[side].AddRange(made[side]);
        }

        return made;
    }

    Residual Of(PassSpec pass, RecordTable table, int side, int row, Money left)
    {
        var before = table.Origins.Residuals.GetValueOrDefault(row);
        var root = row < read[side].Count ? row : _made[side][row - read[side].Count].Root;
        return new Residual(root, row, names.Next(table.Name, before, table.Id(row), FieldOf(pass, table.Name)), left, pass.Index);
    }

    static string FieldOf(PassSpec pass, string source) =>
        (pass.Split.Left.Source == source ? pass.Split.Left : pass.Split.Right).Terms[0].Field;
}
