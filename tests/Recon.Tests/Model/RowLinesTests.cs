// Lines of rows are those that were added.
using CsCheck;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Model;

public sealed class RowLinesTests
{
    [Fact]
    public void Each_row_has_the_line_that_it_was_added_with() =>
        Gen.Int[1, 3].Array[0, 60].Sample(steps =>
        {
            // A new file begins at line 2.
            int[] lines = [.. steps.Index().Select(entry => 2 + steps[(entry.Index / 20 * 20)..(entry.Index + 1)].Sum())];
            var kept = new RowLines(lines);
            Assert.Equal(lines.Length, kept.Count);
            Assert.Equal(lines, Enumerable.Range(0, kept.Count).Select(row => kept[row]));
        });
}
