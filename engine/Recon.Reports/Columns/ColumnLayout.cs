// Which columns of a table stand beside each other on a terminal, how wide, and what goes below the row.
using Recon.Reports.Sections;

namespace Recon.Reports.Columns;

/// <summary>A column that stands in the table.</summary>
/// <param name="Index">Of the section's headings.</param>
/// <param name="Width">In columns of the terminal.</param>
readonly record struct LaidColumn(int Index, int Width);

/// <summary>
/// A table that is too wide is narrowed in this order, and no further than it must be: texts wrap at blanks, while that
/// leaves them a readable width and few lines; lesser columns leave the table; the texts on the right go below the row.
/// The first column and numbers stay. One that fits in no way is wider than the terminal.
/// </summary>
/// <param name="Columns">From left to right.</param>
/// <param name="Below">Headings whose cells stand below the row, from left to right.</param>
/// <param name="Gap">Blanks between two columns.</param>
sealed record ColumnLayout(IReadOnlyList<LaidColumn> Columns, IReadOnlyList<int> Below, int Gap)
{
    /// <summary>Blanks before the first column.</summary>
    internal const int Indent = 2;

    const int WideGap = 3;
    const int NarrowGap = 2;
    const int ReadableWidth = 24;
    const int MostLines = 3;

    /// <param name="width">Of the terminal, in columns.</param>
    public static ColumnLayout Of(Section section, int width)
    {
        var columns = section.Headings.Select((heading, i) => new Measured(heading, i, [.. section.Rows.Select(row => PlainText.Of(row[i]))]))
            .Take(section.LastIsSentence ? section.Headings.Count - 1 : section.Headings.Count).ToList();
        var movable = columns.Skip(1).Where(column => !column.Heading.IsNumber)
            .OrderBy(column => column.Heading.IsWhole).ThenByDescending(column => column.Index).ToList();
        var lesser = columns.Where(column => column.Heading.IsLesser).ToList();
        for (var moved = 0; moved <= movable.Count; moved++)
        {
            var kept = columns.Except(movable.Take(moved)).ToList();
            foreach (var beside in lesser.Count == 0 ? [kept] : (List<Measured>[])[kept, [.. kept.Except(lesser)]])
            {
                if ((Fitted(beside, WideGap, width) ?? Fitted(beside, NarrowGap, width)) is { } layout)
                {
                    return layout with { Below = BelowOf(section, layout.Columns) };
                }
            }
        }

        var narrowest = columns.Except(movable).Except(lesser).Select(column => new LaidColumn(column.Index, column.Least)).ToList();
        return new ColumnLayout(narrowest, BelowOf(section, narrowest), NarrowGap);
    }

    // A lesser text says what another column implies; a lesser number is named below unless it is 0.
    static List<int> BelowOf(Section section, IReadOnlyList<LaidColumn> beside) =>
    [
        .. Enumerable.Range(0, section.Headings.Count).Where(i =>
            section.Headings[i] is { IsLesser: false } or { IsNumber: true } && beside.All(column => column.Index != i)),
    ];

    static ColumnLayout? Fitted(List<Measured> columns, int gap, int width)
    {
        var room = width - Indent - (gap * (columns.Count - 1));
        var widths = columns.Select(column => Math.Min(column.Natural, Math.Max(room, column.Floor))).ToArray();
        while (widths.Sum() > room)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(i => widths[i] > columns[i].Floor).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : widths[i]);
            if (widest < 0)
            {
                return null;
            }

            widths[widest]--;
        }

        var isReadable = columns.Zip(widths).All(pair => pair.First.Heading.IsNumber || pair.First.LinesAt(pair.Second) <= MostLines);
        return isReadable ? new ColumnLayout([.. columns.Select((column, i) => new LaidColumn(column.Index, widths[i]))], [], gap) : null;
    }

    /// <summary>A column with what its cells need.</summary>
    sealed record Measured(Heading Heading, int Index, IReadOnlyList<string> Cells)
    {
        /// <summary>Nothing is wrapped.</summary>
        public int Natural { get; } = Cells.Append(Heading.Text).Max(Wrapping.WidthOf);

        /// <summary>Nothing that must stay whole is broken.</summary>
        public int Least { get; } = Math.Max(
            Wrapping.LeastWidth(Heading.Text),
            Cells.Max(cell => Heading.IsWhole ? Wrapping.WidthOf(cell)
                : Heading.IsNumber ? Wrapping.WidestOfList(cell)
                : Wrapping.LeastWidth(cell)));

        /// <summary>As narrow as it may be made.</summary>
        public int Floor => Heading.IsNumber ? Least : Math.Max(Least, Math.Min(Natural, ReadableWidth));

        public int LinesAt(int width) => Cells.Max(cell => Wrapping.Lines(cell, width).Count);
    }
}
