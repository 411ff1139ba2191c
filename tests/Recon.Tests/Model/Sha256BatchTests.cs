// The hash of many messages at once is the hash of each.
using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Model;

public class Sha256BatchTests
{
    // Up to four blocks, with every length around the ends of blocks.
    static readonly Gen<byte[][]> Messages = Gen.Byte.Array[0, 200].Array[0, Sha256Batch.Lanes];

    [Fact]
    public void Each_lane_is_the_sha256_of_its_message() => Messages.Sample(messages =>
    {
        var (bytes, ends) = EndToEnd(messages);
        var (together, alone) = (new UInt128[messages.Length], new UInt128[messages.Length]);
        new Sha256Batch().HashTogether(bytes, ends, together);
        Sha256Batch.HashOneByOne(bytes, ends, alone);
        UInt128[] expected = [.. messages.Select(message => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(message)))];
        Assert.Equal(expected, together);
        Assert.Equal(expected, alone);
    });

    [Fact]
    public void A_batch_can_be_used_again()
    {
        var batch = new Sha256Batch();
        var (first, second) = (new UInt128[1], new UInt128[1]);
        batch.Hash("a longer message than the second one"u8, [36], first);
        batch.Hash("short"u8, [5], second);
        Assert.Equal(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData("short"u8)), second[0]);
        Assert.NotEqual(first, second);
    }

    static (byte[] Bytes, int[] Ends) EndToEnd(byte[][] messages)
    {
        var ends = new int[messages.Length];
        for (int i = 0, end = 0; i < ends.Length; i++)
        {
            ends[i] = end += messages[i].Length;
        }

        return ([.. messages.SelectMany(message => message)], ends);
    }
}
