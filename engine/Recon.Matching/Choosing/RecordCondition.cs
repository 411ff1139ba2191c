// Asks the C# of a pass of one source which records it is about.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

static class RecordCondition
{
    // As many rows at once as keep the buffers in the cache.
    const int Together = 1 << 12;

    /// <summary>
    /// The rows out of reach of the pass: those that were, and those for which its C# does not hold. Rows are asked in the
    /// order of their ids.
    /// </summary>
    /// <param name="closed">Row → true where it is out of reach before; changed in place.</param>
    /// <exception cref="RuleFailedException">The C# threw; the failure of the first record.</exception>
    public static bool[] Refused(PassSpec pass, RecordTable table, bool[] closed, ICompiledRules rules)
    {
        if (pass.When is not { } when)
        {
            return closed;
        }

        var predicate = rules.Record(when);
        var (asked, holds) = (new int[Together], new bool[Together]);
        for (var row = 0; row < closed.Length;)
        {
            var count = 0;
            for (; row < closed.Length && count < Together; row++)
            {
                asked[count] = row;
                count += closed[row] ? 0 : 1;
            }

            predicate(table, asked.AsSpan(0, count), holds.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                closed[asked[i]] = !holds[i];
            }
        }

        return closed;
    }
}
