// A flagged control as a break that people work through.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

public static class ControlBreaks
{
    /// <summary>One break for each flagged control, in the order of the controls.</summary>
    internal static IEnumerable<Break> Of(string packId, DateOnly businessDate, IEnumerable<ControlResult> controls) => controls
        .Where(control => control.Outcome == ControlOutcome.Flagged)
        .Select(control => new Break(
            IdOf(packId, control),
            BreakKind.Control,
            [control.Source],
            Pass: null,
            [RecordOf(control)],
            BuiltInClasses.ControlFailed,
            Status.Suspicious,
            Tier.Escalate,
            Assign: null,
            Born: businessDate,
            Due: null,
            DatedFrom: businessDate,
            $"{control.Control}: {control.Detail}",
            Differences: [],
            Value: []));

    internal static string IdOf(string packId, ControlResult control) =>
        EventId.Of(packId, [control.Source], [RecordOf(control)]);

    static RecordId RecordOf(ControlResult control) => new(control.Source, control.Control);
}
