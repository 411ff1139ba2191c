// Writes one part of a pass's key as words of fixed width, so that equal keys have equal words.
using Recon.Model.Columns;

namespace Recon.Matching.Reading;

/// <summary>One part of the key of one side.</summary>
abstract class KeyWriter
{
    /// <summary>How many words a row takes; both sides of a part take as many.</summary>
    public abstract int Words { get; }

    /// <summary>Writes the words of some rows.</summary>
    /// <param name="words">Where those of the first row begin; those of the next begin <paramref name="stride"/> words later.</param>
    /// <param name="usable">
    /// Set to false where the row can equal nothing (NULL, or a currency that the pass does not speak of); its words are left as they are.
    /// </param>
    public abstract void Write(ReadOnlySpan<int> rows, Span<ulong> words, int stride, Span<bool> usable);
}

/// <summary>A text: its print under the secret seed of the run.</summary>
sealed class TextKeyWriter(TextColumn column, bool nullsEqual, long seed) : KeyWriter
{
    public override int Words => 2;

    public override void Write(ReadOnlySpan<int> rows, Span<ulong> words, int stride, Span<bool> usable)
    {
        column.WritePrints(rows, seed, words, stride);
        for (var i = 0; column.HasNulls && i < rows.Length; i++)
        {
            if (column.IsNull(rows[i]))
            {
                // No print is zero.
                words.Slice(i * stride, 2).Clear();
                usable[i] &= nullsEqual;
            }
        }
    }
}

/// <summary>A number, amount, day or instant; with its currency where it has one.</summary>
/// <param name="shift">Added to the value: turns "exactly two days later" into equality.</param>
/// <param name="currency">The only currency that counts; null: any.</param>
sealed class ValueKeyWriter(
    SideReader reader, Int128 shift, Column? nullsEqualOf = null, int? currency = null) : KeyWriter
{
    // Values stay within ±10^37, so no value has these words.
    const ulong OfNull = 0x8000_0000_0000_0000;

    public override int Words => 3;

    public override void Write(ReadOnlySpan<int> rows, Span<ulong> words, int stride, Span<bool> usable)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var own = words.Slice(i * stride, 3);
            if (nullsEqualOf is not null && nullsEqualOf.IsNull(rows[i]))
            {
                own.Fill(OfNull);
            }
            else if (!reader.TryRead(rows[i], out var value, out var code) || (currency is not null && currency != code))
            {
                usable[i] = false;
            }
            else
            {
                value += shift;
                own[0] = unchecked((ulong)value);
                own[1] = unchecked((ulong)(value >> 64));
                own[2] = unchecked((uint)code);
            }
        }
    }
}

/// <summary>The currency alone, where the amount has a tolerance: amounts of two currencies never meet.</summary>
sealed class CurrencyKeyWriter(SideReader reader, int? currency) : KeyWriter
{
    public override int Words => 1;

    public override void Write(ReadOnlySpan<int> rows, Span<ulong> words, int stride, Span<bool> usable)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (!reader.TryRead(rows[i], out _, out var code) || (currency is not null && currency != code))
            {
                usable[i] = false;
            }
            else
            {
                words[i * stride] = unchecked((uint)code);
            }
        }
    }
}

/// <summary>Whether the amount lies above zero or below; zero equals nothing.</summary>
sealed class SignKeyWriter(SideReader reader) : KeyWriter
{
    public override int Words => 1;

    public override void Write(ReadOnlySpan<int> rows, Span<ulong> words, int stride, Span<bool> usable)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (!reader.TryRead(rows[i], out var value, out _) || value == 0)
            {
                usable[i] = false;
            }
            else
            {
                words[i * stride] = value > 0 ? 1UL : 0UL;
            }
        }
    }
}
