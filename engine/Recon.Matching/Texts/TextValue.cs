// A text made ready to be compared many times.
namespace Recon.Matching.Texts;

/// <summary>One text of a condition.</summary>
/// <param name="Text">As cleaned; empty where the field is NULL: such a text meets nothing.</param>
/// <param name="Tokens">Its words, distinct and sorted; empty where the condition asks for none.</param>
/// <param name="Blocks">Its blocking keys, sorted; null where the condition has no blocks, so that all texts are compared.</param>
sealed record TextValue(string Text, string[] Tokens, string[]? Blocks)
{
    /// <summary>True where both have a blocking key in common, or the condition has no blocks.</summary>
    public bool SharesBlock(TextValue other)
    {
        if (Blocks is null || other.Blocks is null)
        {
            return true;
        }

        var (i, j) = (0, 0);
        while (i < Blocks.Length && j < other.Blocks.Length)
        {
            var order = string.CompareOrdinal(Blocks[i], other.Blocks[j]);
            if (order == 0)
            {
                return true;
            }

            (i, j) = order < 0 ? (i + 1, j) : (i, j + 1);
        }

        return false;
    }
}
