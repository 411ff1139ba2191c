// Makes what is left of the larger record of each pair.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Splitting;

/// <summary>The residuals of one leg, side by side, as rows behind those of the source.</summary>
sealed class Splitter(IReadOnlyList<int> rowsRead, ResidualNames names)
{
    readonly List<Residual>[] _made = [.. rowsRead.Select(_ => new List<Residual>())];

    public IReadOnlyList<IReadOnlyList<Residual>> Made => _made;

    /// <summary>By side: the residuals of pairs whose amounts lie farther apart than the pass allows, in the order of the rows that are split.</summary>
    /// <param name="pairs">Rows of both sides.</param>
    public List<Residual>[] Split(PassSpec pass, RecordTable[] tables, IEnumerable<(int First, int Second)> pairs)
    {
        List<Residual>[] made = [[], []];
        var columns = tables.Select(table => table.Money(FieldOf(pass, table.Name))).ToArray();
        var leftIsFirst = pass.Left.Name == tables[0].Name;
        var scale = Math.Max(columns[0].Scale, columns[1].Scale);
        var allowance = Allowance.Of((AmountTolerance)pass.Split.Tolerance!, scale, leftIsFirst);
        foreach (var (first, second) in pairs)
        {
            var (a, b) = (columns[0].Money(first), columns[1].Money(second));
            if (!allowance.Holds(a.Number.Rescaled(scale).Units, b.Number.Rescaled(scale).Units))
            {
                var side = a.Abs() > b.Abs() ? 0 : 1;
                made[side].Add(Of(pass, tables[side], side, side == 0 ? first : second, side == 0 ? a - b : b - a));
            }
        }

        for (var side = 0; side < made.Length; side++)
        {
            made[side].Sort((one, other) => one.Split.CompareTo(other.Split));
            _made[side].AddRange(made[side]);
        }

        return made;
    }

    public static string FieldOf(PassSpec pass, string source) =>
        (pass.Split.Left.Source == source ? pass.Split.Left : pass.Split.Right).Terms[0].Field;

    Residual Of(PassSpec pass, RecordTable table, int side, int row, Money left)
    {
        var before = table.Origins.Residuals.GetValueOrDefault(row);
        var root = row < rowsRead[side] ? row : _made[side][row - rowsRead[side]].Root;
        return new Residual(root, row, names.Next(table.Name, before, table.Id(row), FieldOf(pass, table.Name)), left, pass.Index);
    }
}
