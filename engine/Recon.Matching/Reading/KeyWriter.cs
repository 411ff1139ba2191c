// Writes one part of a pass's key as words of fixed width, so that equal keys have equal words.
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Recon.Model.Columns;

namespace Recon.Matching.Reading;

/// <summary>One part of the key of one side.</summary>
abstract class KeyWriter
{
    /// <summary>How many words a row takes; both sides of a part take as many.</summary>
    public abstract int Words { get; }

    /// <summary>False where the row can equal nothing: NULL, or a currency that the pass does not speak of.</summary>
    public abstract bool TryWrite(int row, Span<ulong> words);
}

/// <summary>
/// A text: its length and up to 16 bytes of it inline, or 128 bits of hash under the secret seed of the run.
/// </summary>
sealed class TextKeyWriter(TextColumn column, bool nullsEqual, long seed) : KeyWriter
{
    const int MostInline = 2 * sizeof(ulong);

    public override int Words => 3;

    public override bool TryWrite(int row, Span<ulong> words)
    {
        var bytes = MemoryMarshal.AsBytes(words[..2]);
        bytes.Clear();
        if (column.IsNull(row))
        {
            words[2] = ulong.MaxValue;
            return nullsEqual;
        }

        var text = column.Utf8(row);
        words[2] = (ulong)text.Length;
        if (text.Length <= MostInline)
        {
            text.CopyTo(bytes);
        }
        else
        {
            XxHash128.Hash(text, bytes, seed);
        }

        return true;
    }
}

/// <summary>A number, amount, day or instant; with its currency where it has one.</summary>
/// <param name="shift">Added to the value: turns "exactly two days later" into equality.</param>
/// <param name="currency">The only currency that counts; null: any.</param>
sealed class ValueKeyWriter(
    SideReader reader, Int128 shift, Column? nullsEqualOf = null, int? currency = null) : KeyWriter
{
    public override int Words => 3;

    public override bool TryWrite(int row, Span<ulong> words)
    {
        if (nullsEqualOf is not null && nullsEqualOf.IsNull(row))
        {
            // Values stay within ±10^37, so no value has these words.
            words[..3].Fill(0x8000_0000_0000_0000);
            return true;
        }

        if (!reader.TryRead(row, out var value, out var code) || (currency is not null && currency != code))
        {
            return false;
        }

        value += shift;
        words[0] = unchecked((ulong)value);
        words[1] = unchecked((ulong)(value >> 64));
        words[2] = unchecked((uint)code);
        return true;
    }
}

/// <summary>The currency alone, where the amount has a tolerance: amounts of two currencies never meet.</summary>
sealed class CurrencyKeyWriter(SideReader reader, int? currency) : KeyWriter
{
    public override int Words => 1;

    public override bool TryWrite(int row, Span<ulong> words)
    {
        if (!reader.TryRead(row, out _, out var code) || (currency is not null && currency != code))
        {
            return false;
        }

        words[0] = unchecked((uint)code);
        return true;
    }
}
