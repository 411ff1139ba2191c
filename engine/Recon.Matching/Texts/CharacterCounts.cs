// Bounds from above how many characters two texts have in common, in a few instructions.
using System.Numerics;

namespace Recon.Matching.Texts;

/// <summary>
/// How often characters occur in a text: 32 buckets of characters, a bit for each of the first 8 occurrences in a bucket,
/// and the number of those beyond. No two texts have more in common than their counts.
/// </summary>
readonly record struct CharacterCounts(ulong A, ulong B, ulong C, ulong D, int Beyond)
{
    const int Buckets = 32;
    const int Levels = 8;

    public static CharacterCounts Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Buckets];
        Span<ulong> words = stackalloc ulong[4];
        counts.Clear();
        words.Clear();
        var beyond = 0;
        foreach (var letter in text)
        {
            var bucket = Bucket(letter);
            var level = counts[bucket]++;
            if (level < Levels)
            {
                words[level / 2] |= 1UL << (bucket + (Buckets * (level % 2)));
            }
            else
            {
                beyond++;
            }
        }

        return new CharacterCounts(words[0], words[1], words[2], words[3], beyond);
    }

    /// <summary>At least as many as the texts have in common, each character as often as in the text that has fewer.</summary>
    public int MostCommon(in CharacterCounts other) => BitOperations.PopCount(A & other.A)
        + BitOperations.PopCount(B & other.B) + BitOperations.PopCount(C & other.C)
        + BitOperations.PopCount(D & other.D) + Math.Min(Beyond, other.Beyond);

    // Latin letters of both cases in 26 buckets; digits and all else share the other 6.
    static int Bucket(char letter)
    {
        var low = letter | 0x20;
        return low is >= 'a' and <= 'z' ? low - 'a' : 26 + (letter % 6);
    }
}
