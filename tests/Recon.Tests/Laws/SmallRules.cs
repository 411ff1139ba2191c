// The C# of small books, as far as their few conditions go.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

/// <summary>
/// Conditions of the forms <c>x.n == y.n</c> (NULL equals nothing), <c>x.id &lt; y.id</c> without the first letter, and
/// <c>Odd( x )</c> (the digits of the id). In groups every member must hold.
/// </summary>
sealed class SmallRules : ICompiledRules
{
    public static SmallRules Instance { get; } = new();

    public RecordPredicate Record(RuleRef rule) => (table, rows, results) =>
    {
        for (var i = 0; i < rows.Length; i++)
        {
            results[i] = Digits(table, rows[i]) % 2 == 1;
        }
    };

    public FieldDerivation Derivation(RuleRef rule) => throw new InvalidOperationException();

    public PairPredicate Pair(RuleRef rule) => (left, right, leftRows, rightRows, results) =>
    {
        for (var i = 0; i < leftRows.Length; i++)
        {
            results[i] = Holds(rule.Text, left, leftRows[i], right, rightRows[i]);
        }
    };

    public GroupPredicate Group(RuleRef rule) => (oneTable, one, manyTable, many) =>
    {
        foreach (var member in many)
        {
            if (!Holds(rule.Text, oneTable, one, manyTable, member))
            {
                return false;
            }
        }

        return true;
    };

    public GroupsPredicate Groups(RuleRef rule) => (left, leftRows, right, rightRows) =>
    {
        foreach (var one in leftRows)
        {
            foreach (var other in rightRows)
            {
                if (!Holds(rule.Text, left, one, right, other))
                {
                    return false;
                }
            }
        }

        return true;
    };

    public SeveralPredicate Several(RuleRef rule) => (tables, rows, results) =>
    {
        var words = rule.Text.Split(' ');
        var named = tables.Index().Where(table => words.Any(word => word.Split('.')[0] == table.Item.Name)).Select(table => table.Index).ToList();
        for (var i = 0; i < results.Length; i++)
        {
            var (one, other) = (named[0], named[^1]);
            results[i] = Holds(
                rule.Text, tables[one], rows[(i * tables.Count) + one], tables[other], rows[(i * tables.Count) + other]);
        }
    };

    static bool Holds(string text, RecordTable table, int row, RecordTable other, int otherRow)
    {
        var words = text.Split(' ');
        if (words[0] == "Odd(")
        {
            return (words[1] == table.Name ? Digits(table, row) : Digits(other, otherRow)) % 2 == 1;
        }

        if (words[1] == "==")
        {
            return !table.Column("n").IsNull(row)
                && table.Column("n").ValueEquals(row, other.Column("n"), otherRow);
        }

        var isLeft = words[0].StartsWith(table.Name + ".", StringComparison.Ordinal);
        var (left, right) = (Digits(table, row), Digits(other, otherRow));
        return isLeft ? left < right : right < left;
    }

    static int Digits(RecordTable table, int row) =>
        int.Parse(table.Id(row).Split('/')[0].AsSpan(1), CultureInfo.InvariantCulture);
}
