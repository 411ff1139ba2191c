// Writes a small book and the answers about it for people, when a law does not hold.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

static class BookText
{
    /// <summary>The same lines, or a failure that shows the book.</summary>
    public static void AssertSame(Book book, IReadOnlyList<string> expected, IReadOnlyList<string> found)
    {
        if (!expected.SequenceEqual(found))
        {
            Assert.Fail($"expected\n  {string.Join("\n  ", expected)}\nfound\n  {string.Join("\n  ", found)}\n{Of(book)}");
        }
    }

    public static string Of(Book book) => string.Join('\n', book.Pack.Passes.Select(Of).Concat(book.Tables.Select(Of)));

    static string Of(PassSpec pass) =>
        $"{pass.Id} {pass.Kind} {pass.Left.Name} {pass.Cardinality} {pass.Right.Name} key [{string.Join(", ", pass.Key)}]"
        + $" within [{string.Join("; ", pass.Comparisons.Select(pair => $"{Of(pair.Left)} ~ {Of(pair.Right)}: {pair.Tolerance}"))}]"
        + $" {pass.Tie} {pass.Size} {pass.Search} hold {pass.Hold} when {pass.When?.Text}";

    static string Of(Operand operand) => string.Join(" + ", operand.Terms);

    static string Of(RecordTable table) => $"{table.Name}\n" + string.Join('\n', Enumerable.Range(0, table.Count).Select(row =>
        $"  {row}: " + string.Join(" | ", table.Columns.Select(column => column.Display(row) ?? "NULL"))));
}
