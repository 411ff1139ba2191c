// The radix sort against the sort of the platform.
using CsCheck;
using Recon.Runs.Normalising;
using Xunit;

namespace Recon.Tests.Runs.Normalising;

public sealed class KeySortTests
{
    // Masks let keys differ in a few bits here and there.
    [Fact]
    public void Keys_and_items_stand_as_the_platform_sorts_them() =>
        Gen.Select(Gen.ULong.Array[0, 3000], Gen.ULong, Gen.ULong, Gen.Bool).Sample((numbers, mask, more, isNarrow) =>
        {
            ulong[] keys = [.. numbers.Select(number => isNarrow ? number & mask & more : number & mask)];
            int[] items = [.. Enumerable.Range(0, keys.Length)];
            var expected = items.OrderBy(item => keys[item]).ToArray();
            var sorted = (ulong[])keys.Clone();
            KeySort.Sort(sorted, items);
            Assert.Equal(expected.Select(item => keys[item]), items.Select(item => keys[item]));
            Assert.Equal(items.Order(), Enumerable.Range(0, items.Length));
            for (var i = 1; i < items.Length; i++)
            {
                Assert.Equal(keys[items[i - 1]] == keys[items[i]], sorted[i - 1] == sorted[i]);
            }
        }, iter: 300);
}
