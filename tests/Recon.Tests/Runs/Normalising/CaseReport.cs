// What came of a case, as text to compare.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Tests.Runs.Normalising;

static class CaseReport
{
    /// <param name="positions">False leaves out files and lines, which follow the names of files and the order of rows.</param>
    public static string Of(
        NormalisedSource normalised,
        IReadOnlyList<ControlResult> controls,
        IReadOnlyList<StatementClosing> closings,
        bool positions = true)
    {
        var report = new StringBuilder();
        Section(report, "records", Records(normalised, positions));
        Section(report, "rejects", normalised.Rejects.Select(reject => Line(reject, positions)));
        Section(report, "excluded", normalised.Exclusions.Select(
            excluded => $"{excluded.Count} by {excluded.Condition}"));
        Section(report, "notices", normalised.Notices);
        Section(report, "controls", controls.Select(
            control => $"{control.Control} → {control.Outcome}: {control.Detail}"));
        Section(report, "closings", closings.Select(closing =>
            $"{closing.Account} {closing.Number}: {closing.Closing.Amount} {closing.Closing.Date:O}"));
        var counts = normalised.Counts;
        report.Append(
            CultureInfo.InvariantCulture,
            $"counts   read {counts.Read} = rejected {counts.Rejected} + excluded {counts.Excluded} ")
            .Append(CultureInfo.InvariantCulture, $"+ known {counts.Known} + new {counts.New}; ")
            .Append(CultureInfo.InvariantCulture, $"carried {counts.Carried}, ")
            .Append(CultureInfo.InvariantCulture, $"rejected {counts.CarriedRejected}, ")
            .Append(CultureInfo.InvariantCulture, $"replaced {counts.CarriedReplaced}\n");
        return report.ToString();
    }

    static void Section(StringBuilder report, string name, IEnumerable<string> lines)
    {
        var prefix = name.PadRight(9);
        foreach (var line in lines)
        {
            report.Append(prefix).Append(line).Append('\n');
            prefix = new string(' ', 9);
        }
    }

    static IEnumerable<string> Records(NormalisedSource normalised, bool positions)
    {
        var table = normalised.Records;
        List<string[]> lines = [["id", .. table.Source.Fields.Select(field => field.Name), "from"]];
        for (var row = 0; row < table.Count; row++)
        {
            var origin = positions ? Origin(table, row) : table.Origins.IsCarried(row) ? "carried" : "";
            lines.Add([table.Id(row), .. table.Columns.Select(column => Shown(column.Display(row))), origin]);
        }

        if (table.Count == 0)
        {
            return ["none"];
        }

        var widths = Enumerable.Range(0, lines[0].Length).Select(cell => lines.Max(line => line[cell].Length))
            .ToArray();
        return lines.Select(
            line => string.Join(" | ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    // Blanks at an end and an empty text would not be seen.
    static string Shown(string? text) =>
        text is null ? "-" : text.Trim() == text && text.Length > 0 ? text : $"\"{text}\"";

    static string Origin(RecordTable table, int row)
    {
        var raw = table.Origins.TableOf(row);
        var rawRow = table.Origins.RawRowOf[row];
        var place = raw.FileName(rawRow) is { } file ? $"{file}:{raw.Line(rawRow)}" : "no file";
        return table.Origins.IsCarried(row) ? $"carried, {place}" : place;
    }

    static string Line(Reject reject, bool positions)
    {
        var place = positions ? $"{reject.File ?? "no file"}:{reject.Line} " : "";
        var reason = positions || !reject.Reason.StartsWith("id-conflict", StringComparison.Ordinal)
            ? reject.Reason
            : reject.Reason[..reject.Reason.LastIndexOf(": ", StringComparison.Ordinal)];
        return $"{place}{reject.Id ?? "-"}: {reason}  [{reject.Content}]";
    }
}
