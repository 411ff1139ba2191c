// The C# of a pack, compiled: called in batches over row indexes, never a record at a time.
using Recon.Model.Columns;

namespace Recon.Model.Rules;

/// <summary>Answers for each row whether it holds. <paramref name="results"/> is as long as <paramref name="rows"/>.</summary>
/// <exception cref="RuleFailedException">The C# threw; the exception names the record.</exception>
public delegate void RecordPredicate(RecordTable table, ReadOnlySpan<int> rows, Span<bool> results);

/// <summary>Answers for each pair (leftRows[i], rightRows[i]) whether it holds. Left is the left source of the join.</summary>
/// <exception cref="RuleFailedException">The C# threw; the exception names the records.</exception>
public delegate void PairPredicate(
    RecordTable left, RecordTable right, ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows, Span<bool> results);

/// <summary>Answers whether it holds for one record against a group of the other source.</summary>
/// <param name="many">Rows of the group, ascending.</param>
/// <exception cref="RuleFailedException">The C# threw; the exception names the records.</exception>
public delegate bool GroupPredicate(RecordTable oneTable, int one, RecordTable manyTable, ReadOnlySpan<int> many);

/// <summary>Answers whether it holds for a group of either source. Left is the left source of the join.</summary>
/// <param name="leftRows">Rows of the group, ascending; so are <paramref name="rightRows"/>.</param>
/// <exception cref="RuleFailedException">The C# threw; the exception names the records.</exception>
public delegate bool GroupsPredicate(
    RecordTable left, ReadOnlySpan<int> leftRows, RecordTable right, ReadOnlySpan<int> rightRows);

/// <summary>
/// Answers for sets of one record of each source whether it holds. Tables stand in whatever order, and rows in the same:
/// row <c>i * tables.Count + side</c> is that of set i; <paramref name="results"/> has one answer a set.
/// </summary>
/// <exception cref="RuleFailedException">The C# threw; the exception names the records.</exception>
public delegate void SeveralPredicate(IReadOnlyList<RecordTable> tables, ReadOnlySpan<int> rows, Span<bool> results);

/// <summary>Computes a derived field for every row of the table, in row order, into the builder of its kind.</summary>
/// <exception cref="RuleFailedException">The C# threw; the exception names the record.</exception>
public delegate void FieldDerivation(RecordTable table, ColumnBuilder target);

/// <summary>The compiled rules of one pack. Every <see cref="RuleRef"/> of the pack is in exactly one of the maps, by its path.</summary>
public interface ICompiledRules
{
    /// <summary>What they took since the run began; nothing where nobody counts.</summary>
    RuleCosts Costs => new();

    RecordPredicate Record(RuleRef rule);

    PairPredicate Pair(RuleRef rule);

    GroupPredicate Group(RuleRef rule);

    GroupsPredicate Groups(RuleRef rule);

    SeveralPredicate Several(RuleRef rule);

    FieldDerivation Derivation(RuleRef rule);
}

/// <summary>For packs without C#: asking it for a rule is a bug.</summary>
public sealed class NoCompiledRules : ICompiledRules
{
    public static NoCompiledRules Instance { get; } = new();

    public RecordPredicate Record(RuleRef rule) => throw Missing(rule);

    public PairPredicate Pair(RuleRef rule) => throw Missing(rule);

    public GroupPredicate Group(RuleRef rule) => throw Missing(rule);

    public GroupsPredicate Groups(RuleRef rule) => throw Missing(rule);

    public SeveralPredicate Several(RuleRef rule) => throw Missing(rule);

    public FieldDerivation Derivation(RuleRef rule) => throw Missing(rule);

    static InvalidOperationException Missing(RuleRef rule) => new($"bug: {rule.Path} was never compiled");
}
