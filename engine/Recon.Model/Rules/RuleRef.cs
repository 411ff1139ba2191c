// Names a piece of C# in a pack.
namespace Recon.Model.Rules;

/// <summary>A piece of C# in a pack, by its path (<c>passes.capture-near.when</c>), with its text and its place.</summary>
/// <param name="Text">As the YAML value gives it: a literal block without its indentation.</param>
/// <param name="Place">
/// Where the first character of <paramref name="Text"/> stands. Line n of the text stands n lines below, in the same column.
/// </param>
public sealed record RuleRef(string Path, string Text, Place Place);

/// <summary>A rule threw, or met its budget, while it ran: exit 8, nothing is posted.</summary>
public sealed class RuleFailedException(RuleRef rule, string record, Exception inner)
    : ReconException(
        $"{rule.Place.File}:{rule.Place.Line}:{rule.Place.Column}: {rule.Path} failed on {record}: {inner.Message}",
        FaultKind.RuleFailed,
        inner: inner)
{
    // Members of a group that a message names; a group can have thousands.
    const int MaxNamedMembers = 3;

    public RuleRef Rule { get; } = rule;

    /// <summary>The record or records it was asked about, as <c>source:id</c>.</summary>
    public string Record { get; } = record;

    /// <summary>The failure on one record.</summary>
    public static RuleFailedException Of(RuleRef rule, RecordTable table, int row, Exception inner) =>
        new(rule, Name(table, row), inner);

    /// <summary>The failure on a pair.</summary>
    public static RuleFailedException Of(
        RuleRef rule, RecordTable left, int leftRow, RecordTable right, int rightRow, Exception inner) =>
        new(rule, $"{Name(left, leftRow)} ~ {Name(right, rightRow)}", inner);

    /// <summary>The failure on a record and its group; of a large group the first members are named.</summary>
    public static RuleFailedException Of(
        RuleRef rule, RecordTable oneTable, int one, RecordTable manyTable, ReadOnlySpan<int> many, Exception inner) =>
        new(rule, $"{Name(oneTable, one)} ~ {Names(manyTable, many)}", inner);

    /// <summary>The failure on a group of either source.</summary>
    public static RuleFailedException Of(
        RuleRef rule, RecordTable left, ReadOnlySpan<int> leftRows, RecordTable right, ReadOnlySpan<int> rightRows, Exception inner) =>
        new(rule, $"{Names(left, leftRows)} ~ {Names(right, rightRows)}", inner);

    /// <summary>The failure on one record of each of several sources.</summary>
    public static RuleFailedException Of(RuleRef rule, IReadOnlyList<RecordTable> tables, ReadOnlySpan<int> rows, Exception inner)
    {
        var names = new string[rows.Length];
        for (var side = 0; side < names.Length; side++)
        {
            names[side] = Name(tables[side], rows[side]);
        }

        return new RuleFailedException(rule, string.Join(" ~ ", names), inner);
    }

    static string Names(RecordTable table, ReadOnlySpan<int> rows)
    {
        var members = new List<string>();
        foreach (var row in rows[..Math.Min(rows.Length, MaxNamedMembers)])
        {
            members.Add(Name(table, row));
        }

        var more = rows.Length > MaxNamedMembers ? $" and {rows.Length - MaxNamedMembers} more" : "";
        return string.Join(", ", members) + more;
    }

    static string Name(RecordTable table, int row) => $"{table.Name}:{table.Id(row)}";
}
