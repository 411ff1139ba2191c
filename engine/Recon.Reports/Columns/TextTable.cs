// A section's rows as lines for a terminal.
using Recon.Reports.Sections;

namespace Recon.Reports.Columns;

static class TextTable
{
    const int BelowIndent = 4;

    /// <summary>Headings, a rule and the rows; the section has at least one row.</summary>
    /// <param name="width">Of the terminal, in columns.</param>
    public static IEnumerable<string> Lines(Section section, int width)
    {
        var layout = ColumnLayout.Of(section, width);
        if (section.Headings.Any(heading => heading.Text.Length > 0))
        {
            foreach (var line in Headings(section, layout))
            {
                yield return line;
            }

            var length = layout.Columns.Sum(column => column.Width) + (layout.Gap * (layout.Columns.Count - 1));
            yield return $"{new string(' ', ColumnLayout.Indent)}{new string('─', Math.Min(length, width - ColumnLayout.Indent))}";
        }

        foreach (var line in section.Rows.SelectMany(row => Row(section, layout, row, width)))
        {
            yield return line;
        }
    }

    static IEnumerable<string> Headings(Section section, ColumnLayout layout)
    {
        var below = string.Join(" · ", layout.Below.Select(i => section.Headings[i])
            .Where(heading => heading.Text.Length > 0 && !heading.IsLesser).Select(heading => heading.Text));
        return [.. Beside(section, layout, [.. section.Headings.Select(heading => heading.Text)]), .. below.Length > 0 ? [Indented(below)] : (string[])[]];
    }

    static IEnumerable<string> Row(Section section, ColumnLayout layout, IReadOnlyList<string> row, int width)
    {
        var cells = row.Select(PlainText.Of).ToList();
        var below = string.Join(" · ", layout.Below.Select(i => Below(section.Headings[i], cells[i])).Where(text => text.Length > 0));
        return
        [
            .. Beside(section, layout, cells),
            .. below.Length > 0 ? Wrapping.Lines(below, width - BelowIndent).Select(Indented) : [],
        ];
    }

    static string Below(Heading heading, string cell) => !heading.IsLesser ? cell : cell == "0" ? "" : $"{heading.Text} {cell}";

    static string Indented(string line) => $"{new string(' ', BelowIndent)}{line}";

    static IEnumerable<string> Beside(Section section, ColumnLayout layout, List<string> cells)
    {
        var lines = layout.Columns.Select(column => Wrapping.Lines(cells[column.Index], column.Width)).ToList();
        return Enumerable.Range(0, lines.Max(cell => cell.Count)).Select(i =>
        {
            var parts = layout.Columns.Select((column, c) =>
                Padded(i < lines[c].Count ? lines[c][i] : "", column.Width, section.Headings[column.Index].IsNumber));
            return $"{new string(' ', ColumnLayout.Indent)}{string.Join(new string(' ', layout.Gap), parts)}".TrimEnd();
        });
    }

    static string Padded(string cell, int width, bool isNumber)
    {
        var blanks = new string(' ', Math.Max(width - Wrapping.WidthOf(cell), 0));
        return isNumber ? blanks + cell : cell + blanks;
    }
}
