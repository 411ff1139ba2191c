// Checks a source as a whole before its records are matched.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Controls;

/// <summary>Runs the controls of a source.</summary>
/// <remarks>
/// Counts and sums are over all rows read, those too that were rejected, excluded or known; where files have trailers,
/// file by file. A file without the trailer that a control asks for fails it: it may have been cut off.
/// </remarks>
public static class ControlChecks
{
    /// <summary>One result a control, in the order of the pack.</summary>
    /// <param name="previous">Closings of earlier runs; those of other sources are passed over.</param>
    /// <remarks>On the rows of a test only <c>unique</c> and <c>required</c> are checked.</remarks>
    public static IReadOnlyList<ControlResult> Check(
        SourceSpec source,
        RawTable read,
        NormalisedSource normalised,
        IReadOnlyList<StatementClosing> previous) =>
    [
        .. source.Controls.Select(control =>
            Result(source, control, Find(source, control, read, normalised, previous))),
    ];

    static Finding Find(
        SourceSpec source,
        ControlSpec control,
        RawTable read,
        NormalisedSource normalised,
        IReadOnlyList<StatementClosing> previous)
    {
        if (read.IsByField && control.Kind is not (ControlKind.Unique or ControlKind.Required))
        {
            return Finding.Unchecked("the rows of a test have no totals and no balances");
        }

        if (read.IsPart && control.Kind is (ControlKind.Count or ControlKind.Sum))
        {
            return Finding.Unchecked("rows were left out when the snapshot was made");
        }

        return control.Kind switch
        {
            ControlKind.Unique => ValueControls.Unique(source, control.Field!, normalised),
            ControlKind.Required => ValueControls.Required(control.Field!, normalised),
            ControlKind.Count => TotalControls.Count(control, read),
            ControlKind.Sum => TotalControls.Sum(control, read, normalised.Controlled[control.Field!]),
            ControlKind.OpeningMovementsClosing => BalanceControls.OpeningMovementsClosing(read.Statements),
            ControlKind.OpeningIsPreviousClosing => BalanceControls.OpeningIsPreviousClosing(
                read.Statements, [.. previous.Where(closing => closing.Source == source.Name)]),
            _ => throw new InvalidOperationException($"bug: no control {control.Kind}"),
        };
    }

    static ControlResult Result(SourceSpec source, ControlSpec control, Finding finding)
    {
        var outcome = finding.Outcome == ControlOutcome.Failed && control.FlagOnly
            ? ControlOutcome.Flagged
            : finding.Outcome;
        return new ControlResult(source.Name, control.Text, outcome, finding.Detail);
    }
}
