// Pairs records of one source that cancel, one with one.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Netting;

/// <summary>
/// One pass that nets one with one: a 1:1 pass whose two sides are rows of one table. The pass compares an amount with the
/// other one negated, so that right − left is what would be left of both.
/// </summary>
sealed class NetPairs
{
    readonly NetSides _sides;
    readonly PassRunner _runner;

    public NetPairs(Pack pack, PassSpec pass, RecordTable table, MatchOptions options, ReaderFactory readers, Workers workers)
    {
        _sides = new NetSides(pass, table, readers);
        var plan = new PassPlan(pass, [table, table], readers, options.Rules, options.HashSeed)
        {
            FewTexts = workers.Cut.FewTexts,
        };
        var same = new Interchangeable(pack, pass.Leg, table, pass, options.HashSeed);
        _runner = new PassRunner(plan, [same, same], workers);
    }

    /// <param name="closed">Row → true where it is out of reach.</param>
    public PassFindings Find(bool[] closed)
    {
        var whole = new PassFindings();
        foreach (var rows in _sides.Pairings(closed))
        {
            whole.Add(_runner.Find(rows, progress: null));
        }

        return whole;
    }

    /// <summary>Every component of the candidates among the rows within reach, with its sides as one.</summary>
    public IEnumerable<AmbiguousComponent> List(bool[] closed)
    {
        foreach (var found in _sides.Pairings(closed).Select(_runner.List))
        {
            foreach (var component in found.Components)
            {
                yield return new AmbiguousComponent(
                    component.Pass,
                    [[.. component.Rows[0].Concat(component.Rows[1]).Order()]],
                    [.. component.Edges.Select(edge => new Edge(edge.First, new SideRow(0, edge.Second.Row)))],
                    component.EdgeCount);
            }
        }
    }
}
