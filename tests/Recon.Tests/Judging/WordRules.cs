// Predicates of cases, in words: `provider.note is fee`.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Tests.Judging;

/// <summary>Answers <c>SOURCE.FIELD is TEXT</c>; of a group every member must be so. Counts how often it is asked.</summary>
sealed class WordRules : ICompiledRules
{
    public int Calls { get; private set; }

    public RecordPredicate Record(RuleRef rule) => (table, rows, results) =>
    {
        Calls++;
        for (var i = 0; i < rows.Length; i++)
        {
            results[i] = Holds(rule, table, rows[i]) == true;
        }
    };

    public PairPredicate Pair(RuleRef rule) => (left, right, leftRows, rightRows, results) =>
    {
        Calls++;
        for (var i = 0; i < leftRows.Length; i++)
        {
            results[i] = Holds(rule, left, leftRows[i]) ?? Holds(rule, right, rightRows[i]) ?? false;
        }
    };

    public GroupPredicate Group(RuleRef rule) => (oneTable, one, manyTable, many) =>
    {
        Calls++;
        return Holds(rule, oneTable, one) ?? many.ToArray().All(row => Holds(rule, manyTable, row) == true);
    };

    public GroupsPredicate Groups(RuleRef rule) => (left, leftRows, right, rightRows) =>
    {
        Calls++;
        var isLeft = leftRows.Length > 0 && Holds(rule, left, leftRows[0]) is not null;
        return isLeft
            ? leftRows.ToArray().All(row => Holds(rule, left, row) == true)
            : rightRows.ToArray().All(row => Holds(rule, right, row) == true);
    };

    public SeveralPredicate Several(RuleRef rule) => (tables, rows, results) =>
    {
        Calls++;
        for (var i = 0; i < results.Length; i++)
        {
            var set = rows.Slice(i * tables.Count, tables.Count).ToArray();
            results[i] = tables.Zip(set, (table, row) => Holds(rule, table, row)).FirstOrDefault(holds => holds is not null) ?? false;
        }
    };

    public FieldDerivation Derivation(RuleRef rule) =>
        throw new NotSupportedException("cases derive no fields");

    static bool? Holds(RuleRef rule, RecordTable table, int row)
    {
        var words = rule.Text.Split([".", " is "], StringSplitOptions.None);
        return words[0] == table.Name ? table.Column(words[1]).Display(row) == words[2] : null;
    }
}
