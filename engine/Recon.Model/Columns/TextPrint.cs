// Stands for a text where only equality is asked for.
using System.IO.Hashing;

namespace Recon.Model.Columns;

/// <summary>128 bits of XXH3 under a secret seed: equal prints mean equal texts. Never zero.</summary>
/// <remarks>XXH3-128 (Y. Collet, 2019). The seed is random in each run, so that nobody can make two texts that share a print.</remarks>
public static class TextPrint
{
    public static UInt128 Of(ReadOnlySpan<byte> utf8, long seed)
    {
        var print = XxHash128.HashToUInt128(utf8, seed);
        return print == 0 ? 1 : print;
    }
}
