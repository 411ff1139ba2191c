// Chance that is the same everywhere: numbers drawn from a seed, and a shuffle that needs no memory.
namespace Recon.Cli.Benching;

/// <summary>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).</summary>
struct Chance(ulong seed)
{
    ulong _state = seed;

    /// <summary>The stream with this number: streams of one seed are as good as independent.</summary>
    internal static Chance Of(ulong seed, long stream) => new(Mixed(seed ^ Mixed(unchecked((ulong)stream + 1))));

    internal ulong Next() => Mixed(_state = unchecked(_state + 0x9E37_79B9_7F4A_7C15));

    /// <summary>A number from 0 to <paramref name="exclusive"/> − 1.</summary>
    internal int Below(int exclusive) => (int)(Next() % (ulong)exclusive);

    /// <summary>From 0, inclusive, to 1, exclusive.</summary>
    internal double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    internal static ulong Mixed(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return z ^ (z >> 31);
        }
    }
}

/// <summary>
/// A shuffle of 0 … count − 1 that is computed, not stored: a Feistel network on the next even number of bits, walked
/// until it falls inside (Black and Rogaway: Ciphers with arbitrary finite domains, 2002).
/// </summary>
sealed class Shuffle
{
    const int Rounds = 4;

    readonly long _count;
    readonly int _halfBits;
    readonly ulong[] _keys = new ulong[Rounds];

    /// <param name="count">At least 1.</param>
    internal Shuffle(long count, ulong seed)
    {
        _count = count;
        var bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(count - 1));
        _halfBits = Math.Max((bits + 1) / 2, 1);
        var chance = new Chance(seed);
        for (var i = 0; i < Rounds; i++)
        {
            _keys[i] = chance.Next();
        }
    }

    /// <summary>What stands at this position, each of 0 … count − 1 once.</summary>
    internal long At(long position)
    {
        var value = (ulong)position;
        do
        {
            value = Once(value);
        }
        while (value >= (ulong)_count);
        return (long)value;
    }

    ulong Once(ulong value)
    {
        var mask = (1UL << _halfBits) - 1;
        var (left, right) = (value >> _halfBits, value & mask);
        foreach (var key in _keys)
        {
            (left, right) = (right, left ^ (Chance.Mixed(right ^ key) & mask));
        }

        return (left << _halfBits) | right;
    }
}
