// Sorts numbers with what belongs to them, digit by digit.
using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Recon.Runs.Normalising;

/// <summary>A radix sort from the last digit on, over those bits only in which the keys differ.</summary>
/// <remarks>Ids of nine decimal digits differ in some thirty bits: three passes, a fifth of the time of a sort by comparison.</remarks>
static class KeySort
{
    const int DigitBits = 11;
    const int Digits = 1 << DigitBits;

    // Below it a sort by comparison is quicker.
    const int FewKeys = 512;

    /// <summary>Sorts both by the keys; afterwards two keys are equal exactly where they were, but may be other numbers.</summary>
    public static void Sort(Span<ulong> keys, Span<int> items)
    {
        if (keys.Length < FewKeys)
        {
            keys.Sort(items);
            return;
        }

        var differing = Pack(keys);
        Span<ulong> spareKeys = new ulong[keys.Length];
        Span<int> spareItems = new int[items.Length];
        var isSpare = false;
        for (var shift = 0; shift < 64 && differing >> shift != 0; shift += DigitBits)
        {
            if (((differing >> shift) & (Digits - 1)) == 0)
            {
                continue;
            }

            if (isSpare)
            {
                Distribute(spareKeys, spareItems, keys, items, shift);
            }
            else
            {
                Distribute(keys, items, spareKeys, spareItems, shift);
            }

            isSpare = !isSpare;
        }

        if (isSpare)
        {
            spareKeys.CopyTo(keys);
            spareItems.CopyTo(items);
        }
    }

    // Brings the bits in which keys differ together, in their order, where the processor can; gives their places.
    static ulong Pack(Span<ulong> keys)
    {
        var differing = 0UL;
        foreach (var key in keys)
        {
            differing |= key ^ keys[0];
        }

        if (!Bmi2.X64.IsSupported)
        {
            return differing;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = Bmi2.X64.ParallelBitExtract(keys[i], differing);
        }

        return differing == 0 ? 0 : ulong.MaxValue >> (64 - BitOperations.PopCount(differing));
    }

    static void Distribute(
        ReadOnlySpan<ulong> from, ReadOnlySpan<int> fromItems, Span<ulong> to, Span<int> toItems, int shift)
    {
        Span<int> next = stackalloc int[Digits];
        next.Clear();
        foreach (var key in from)
        {
            next[(int)((key >> shift) & (Digits - 1))]++;
        }

        for (int digit = 0, start = 0; digit < next.Length; digit++)
        {
            (next[digit], start) = (start, start + next[digit]);
        }

        for (var i = 0; i < from.Length; i++)
        {
            var place = next[(int)((from[i] >> shift) & (Digits - 1))]++;
            (to[place], toItems[place]) = (from[i], fromItems[i]);
        }
    }
}
