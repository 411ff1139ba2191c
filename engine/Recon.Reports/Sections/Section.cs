// Parts of a report for people: a heading, a table and a word below it; every format renders the same sections.
namespace Recon.Reports.Sections;

/// <summary>One table of a report.</summary>
/// <param name="Empty">Said instead of the table where it has no rows.</param>
/// <param name="Note">Said below the table; null for nothing.</param>
/// <param name="LastIsSentence">The last column is a sentence: a terminal shows it on a line of its own below the row.</param>
public sealed record Section(
    string Title,
    IReadOnlyList<Heading> Headings,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    string Empty,
    string? Note = null,
    bool LastIsSentence = false)
{
    /// <summary>Only for who wants to know: pages and pull requests show it where it is opened.</summary>
    public bool IsFolded { get; init; }
}

/// <summary>A whole report: what it is about and what came out, then its parts, the most important first.</summary>
public sealed record Page(string Title, string Verdict, IReadOnlyList<Section> Sections)
{
    /// <summary>Title and SVG of each chart; only pages show them.</summary>
    internal IReadOnlyList<(string Title, string Svg)> Charts { get; init; } = [];
}

/// <summary>A column of a section.</summary>
/// <param name="IsWhole">What stands in it is copied, such as an id: a terminal never breaks it over lines.</param>
/// <param name="IsLesser">A terminal too narrow for all columns leaves it out: another column implies it, or it is mostly 0.</param>
public sealed record Heading(string Text, bool IsNumber = false, bool IsWhole = false, bool IsLesser = false);
