// A file of which nobody has said anything: its layout and its columns.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;

namespace Recon.Sources.Profiling;

/// <param name="File">Name within its folder.</param>
/// <param name="Numbers">How it writes numbers: the form that most of its numeric columns have in common.</param>
/// <param name="Rejected">Lines that could not be cut into cells.</param>
public sealed record FileProfile(string File, CsvLayout Layout, NumberForm Numbers, IReadOnlyList<ColumnProfile> Columns, int Rows, int Rejected)
{
    /// <summary>A cell as a number, for comparing columns; null where it is none, or none that a decimal holds.</summary>
    public decimal? NumberOf(string text) => ValueForms.Number(text, Numbers) is { } number
        && decimal.TryParse(number.ToString(), System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value : null;

    /// <exception cref="ReconException">The file cannot be read as CSV.</exception>
    public static FileProfile Of(string folder, string file, CancellationToken cancellation)
    {
        var layout = CsvLayout.Of(Path.Combine(folder, file));
        var source = new SourceSpec(
            Path.GetFileNameWithoutExtension(file), 0, SourceRole.Books, new ReadSpec(ReadFormat.Csv, file, MissingIsEmpty: false, layout.ToSpec()),
            null, null, null, [], "UTC", null, null, []);
        var table = new FileSourceReader(folder).Read(source, new ReadRequest("new", default), cancellation);
        List<ColumnProfile> columns = [.. table.ColumnNames.Select((name, index) => ColumnProfile.Of(name, index + 1, table.Columns[index]))];
        return new FileProfile(file, layout, NumbersOf(columns), columns, table.Count, table.Rejects.Count);
    }

    // A column that is numeric in another form only is a text: a source has one form.
    static NumberForm NumbersOf(List<ColumnProfile> columns) => columns.Where(column => column.Meaning == ColumnMeaning.Number)
        .SelectMany(column => ValueForms.NumberForms([.. column.Distinct]))
        .GroupBy(form => form).OrderByDescending(forms => forms.Count()).Select(forms => forms.Key).FirstOrDefault(new NumberForm('.', null));
}
