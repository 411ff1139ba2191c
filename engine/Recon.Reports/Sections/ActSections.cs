// What people did, as a section of a report.
using Recon.Model.Acts;
using Recon.Runs.Acting;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

public static class ActSections
{
    /// <param name="acts">In their order.</param>
    public static Section Of(IReadOnlyList<Act> acts) => new(
        "What people did",
        [new("when (UTC)", IsWhole: true), new("who"), new("did", IsWhole: true), new("what"), new("why")],
        [.. acts.Select(act => (IReadOnlyList<string>)
        [
            act.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), act.By, ActLedger.Word(act.Kind),
            What(act), act.Reason ?? "",
        ])],
        "Nothing.");

    static string What(Act act) => act switch
    {
        { Kind: ActKind.Assign } => $"to {act.Detail.Text ?? BreakWork.Nobody}",
        { Kind: ActKind.Approve, Detail.Facts: { } facts } => $"{facts.Last(fact => fact.Name == "entry").Value} (hash {act.Detail.Text})",
        { Detail.Records: { } records } => RunSections.RecordNames(records),
        { Detail.Until: { } until } => $"to {ResultDocument.Iso(until)}",
        { Detail.Text: { } text } => text,
        _ => "",
    };
}
