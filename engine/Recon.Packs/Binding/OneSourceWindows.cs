// Binds `within` of a pass that looks at one source alone.
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

sealed class OneSourceWindows(PackScope scope, BoundSource source, string? calendar)
{
    /// <summary>Fields or small sums, each with how far two records may lie apart, either way.</summary>
    /// <param name="isDirected">True where one of two records comes first, so that times may lie apart one way only.</param>
    /// <param name="complete">False where one could not be bound.</param>
    public List<Comparison> Bind(Keys keys, bool isDirected, out bool complete)
    {
        var map = keys.Map("within");
        var windows = new List<Comparison>();
        complete = map is not null || !keys.Has("within");
        foreach (var entry in map?.Entries ?? [])
        {
            if (Window(entry, isDirected) is not { } window)
            {
                complete = false;
            }
            else if (windows.Exists(known => known.Name == window.Name))
            {
                scope.Report.Add(Findings.DuplicateName, entry.Key.Place, "keep one", "windows for", window.Name);
            }
            else
            {
                windows.Add(window);
            }
        }

        return windows;
    }

    Comparison? Window(Entry entry, bool isDirected)
    {
        var operand = new OperandBinder(scope, source, source, Cardinality.OneToOne).BindOne(entry.Key);
        if (operand is null || entry.Value is LostNode)
        {
            return null;
        }

        if (entry.Value is ScalarNode { IsNull: true })
        {
            scope.Report.Add(Findings.NoValue, entry.Key.Place, "0, 0.02 EUR, 2d, 36h", entry.Key.Text);
            return null;
        }

        var tolerance = new ToleranceBinder(scope, source, source, calendar).Bind(entry.Value, operand, operand);
        if (tolerance is ContainsTolerance or PatternTolerance or SimilarityTolerance
            or AmountTolerance { Base: not null } or AmountTolerance { Fx: not null })
        {
            scope.Report.Add(
                Findings.NotYet, entry.Value.Place, "0, 0.02 EUR, 2d, 36h", "such a tolerance in a pass of one source");
            return null;
        }

        if (tolerance is not null && !IsSameBothWays(tolerance) && !(isDirected && tolerance is not AmountTolerance))
        {
            scope.Report.Add(
                Findings.OneSidedWindow, entry.Value.Place, "0, 0.02 EUR, 2d, 36h", OperandBinder.Text(operand.Terms));
            return null;
        }

        return tolerance is null ? null : new Comparison(OperandBinder.Text(operand.Terms), operand, operand, tolerance);
    }

    static bool IsSameBothWays(Tolerance tolerance) => tolerance switch
    {
        AmountTolerance amount => amount.Under == amount.Over,
        DayTolerance days => days.From == -days.To,
        ElapsedTolerance elapsed => elapsed.From == -elapsed.To,
        _ => false,
    };
}
