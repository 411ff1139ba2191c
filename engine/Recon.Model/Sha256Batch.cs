// SHA-256 of many short messages at once, one message in each lane of a vector.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Recon.Model;

/// <summary>
/// SHA-256 (FIPS 180-4) over sixteen messages side by side: for rows of some hundred bytes a call of the platform's hash costs
/// more than the hashing. Where vectors of 512 bits are not at hand the platform is asked, message by message.
/// </summary>
/// <remarks>Keeps its buffers: one thread at a time.</remarks>
public sealed class Sha256Batch
{
    /// <summary>Messages hashed together.</summary>
    public const int Lanes = 16;

    const int BlockBytes = 64;
    const int BlockWords = 16;
    const int Rounds = 64;

    // A message ends with the bit 1 and its length in 64 bits.
    const int EndBytes = 1 + sizeof(ulong);

    static readonly uint[] RoundConstants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    static readonly uint[] FirstState =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    readonly Vector512<uint>[] _state = new Vector512<uint>[FirstState.Length];
    readonly Vector512<uint>[] _schedule = new Vector512<uint>[Rounds];
    readonly uint[] _words = new uint[BlockWords * Lanes];
    readonly byte[] _lastBlock = new byte[BlockBytes];

    /// <summary>The first 128 bits of the hash of each message.</summary>
    /// <param name="messages">End to end.</param>
    /// <param name="ends">Where each message ends in <paramref name="messages"/>; at most <see cref="Lanes"/> of them.</param>
    public void Hash(ReadOnlySpan<byte> messages, ReadOnlySpan<int> ends, Span<UInt128> first128)
    {
        Require.That(ends.Length <= Lanes);
        if (Avx512F.IsSupported)
        {
            HashTogether(messages, ends, first128);
        }
        else
        {
            HashOneByOne(messages, ends, first128);
        }
    }

    internal static void HashOneByOne(ReadOnlySpan<byte> messages, ReadOnlySpan<int> ends, Span<UInt128> first128)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (int i = 0, start = 0; i < ends.Length; start = ends[i++])
        {
            SHA256.HashData(messages[start..ends[i]], hash);
            first128[i] = BinaryPrimitives.ReadUInt128BigEndian(hash);
        }
    }

    internal void HashTogether(ReadOnlySpan<byte> messages, ReadOnlySpan<int> ends, Span<UInt128> first128)
    {
        for (var i = 0; i < _state.Length; i++)
        {
            _state[i] = Vector512.Create(FirstState[i]);
        }

        for (int block = 0, left = ends.Length; left > 0; block++)
        {
            for (int lane = 0, start = 0; lane < ends.Length; start = ends[lane++])
            {
                Load(messages[start..ends[lane]], block, lane);
            }

            Compress();
            for (int lane = 0, start = 0; lane < ends.Length; start = ends[lane++])
            {
                if (block == Blocks(ends[lane] - start) - 1)
                {
                    first128[lane] = First128(lane);
                    left--;
                }
            }
        }
    }

    static int Blocks(int bytes) => (bytes + EndBytes + BlockBytes - 1) / BlockBytes;

    // A message that has ended leaves its lane as it is: nobody looks there any more.
    void Load(ReadOnlySpan<byte> message, int block, int lane)
    {
        var start = block * BlockBytes;
        if (start + BlockBytes <= message.Length)
        {
            Transpose(message.Slice(start, BlockBytes), lane);
        }
        else if (block < Blocks(message.Length))
        {
            var end = _lastBlock.AsSpan();
            end.Clear();
            if (start <= message.Length)
            {
                message[start..].CopyTo(end);
                end[message.Length - start] = 0x80;
            }

            if (block == Blocks(message.Length) - 1)
            {
                BinaryPrimitives.WriteUInt64BigEndian(end[^sizeof(ulong)..], (ulong)message.Length * 8);
            }

            Transpose(end, lane);
        }
    }

    void Transpose(ReadOnlySpan<byte> block, int lane)
    {
        for (var i = 0; i < BlockWords; i++)
        {
            _words[(i * Lanes) + lane] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Compress()
    {
        var schedule = _schedule.AsSpan(0, Rounds);
        for (var i = 0; i < BlockWords; i++)
        {
            schedule[i] = Vector512.Create<uint>(_words.AsSpan(i * Lanes, Lanes));
        }

        for (var i = BlockWords; i < Rounds; i++)
        {
            var (far, near) = (schedule[i - 15], schedule[i - 2]);
            schedule[i] = schedule[i - 16] + (RotateRight(far, 7) ^ RotateRight(far, 18) ^ (far >>> 3))
                + schedule[i - 7] + (RotateRight(near, 17) ^ RotateRight(near, 19) ^ (near >>> 10));
        }

        var state = _state;
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        var constants = RoundConstants.AsSpan(0, Rounds);
        for (var i = 0; i < Rounds; i += 8)
        {
            Round(a, b, c, ref d, e, f, g, ref h, schedule[i] + Vector512.Create(constants[i]));
            Round(h, a, b, ref c, d, e, f, ref g, schedule[i + 1] + Vector512.Create(constants[i + 1]));
            Round(g, h, a, ref b, c, d, e, ref f, schedule[i + 2] + Vector512.Create(constants[i + 2]));
            Round(f, g, h, ref a, b, c, d, ref e, schedule[i + 3] + Vector512.Create(constants[i + 3]));
            Round(e, f, g, ref h, a, b, c, ref d, schedule[i + 4] + Vector512.Create(constants[i + 4]));
            Round(d, e, f, ref g, h, a, b, ref c, schedule[i + 5] + Vector512.Create(constants[i + 5]));
            Round(c, d, e, ref f, g, h, a, ref b, schedule[i + 6] + Vector512.Create(constants[i + 6]));
            Round(b, c, d, ref e, f, g, h, ref a, schedule[i + 7] + Vector512.Create(constants[i + 7]));
        }

        (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
        (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
    }

    // The names of FIPS 180-4: the variables turn by one place from round to round.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Round(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, ref Vector512<uint> d,
        Vector512<uint> e, Vector512<uint> f, Vector512<uint> g, ref Vector512<uint> h,
        Vector512<uint> word)
    {
        var choice = (e & f) ^ Vector512.AndNot(g, e);
        var first = h + (RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25)) + choice + word;
        var majority = (a & b) | (c & (a | b));
        d += first;
        h = first + (RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22)) + majority;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> RotateRight(Vector512<uint> value, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, bits) : (value >>> bits) | (value << (32 - bits));

    UInt128 First128(int lane) => new(
        ((ulong)_state[0][lane] << 32) | _state[1][lane],
        ((ulong)_state[2][lane] << 32) | _state[3][lane]);
}
