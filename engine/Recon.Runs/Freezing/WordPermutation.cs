// A keyed permutation of the numbers below a bound, from which nobody without the key can go back.
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Recon.Model;

namespace Recon.Runs.Freezing;

/// <summary>
/// Permutes [0, size) for every size: a balanced Feistel network of ten rounds over AES, walked until the number is below the size. The
/// construction is that of FF1 (NIST SP 800-38G) and of cycle walking (Black and Rogaway, Ciphers with arbitrary finite domains, 2002); it is
/// not FF1 itself, whose encoding is of digit strings. For one thread.
/// </summary>
sealed class WordPermutation : IDisposable
{
    const int Rounds = 10;

    readonly Aes _aes = Aes.Create();
    readonly ICryptoTransform _encryptor;
    readonly byte[] _block = new byte[16];
    readonly byte[] _result = new byte[16];

    /// <param name="key">16, 24 or 32 bytes.</param>
    public WordPermutation(byte[] key)
    {
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _aes.Key = key;
        _encryptor = _aes.CreateEncryptor();
    }

    /// <param name="number">Below <paramref name="size"/>.</param>
    /// <param name="size">At least 1 and below 2^62.</param>
    /// <param name="tweak">Another permutation for each; one tweak goes with one size.</param>
    public ulong Of(ulong number, ulong size, uint tweak)
    {
        Require.That(number < size && size < 1UL << 62);
        if (size == 1)
        {
            return 0;
        }

        var half = (65 - BitOperations.LeadingZeroCount(size - 1)) / 2;
        do
        {
            number = Once(number, half, tweak);
        }
        while (number >= size);

        return number;
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
    }

    ulong Once(ulong number, int half, uint tweak)
    {
        var mask = (1UL << half) - 1;
        var (left, right) = (number >> half, number & mask);
        for (byte round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ (Round(right, round, tweak) & mask));
        }

        return (left << half) | right;
    }

    // The block: the round, three zeros, four bytes of the tweak, eight of the half.
    ulong Round(ulong half, byte round, uint tweak)
    {
        _block[0] = round;
        BinaryPrimitives.WriteUInt32BigEndian(_block.AsSpan(4), tweak);
        BinaryPrimitives.WriteUInt64BigEndian(_block.AsSpan(8), half);
        _encryptor.TransformBlock(_block, 0, _block.Length, _result, 0);
        return BinaryPrimitives.ReadUInt64BigEndian(_result);
    }
}
