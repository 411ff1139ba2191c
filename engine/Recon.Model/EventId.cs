// The ids of matches and breaks, derived from what they are about.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recon.Model;

/// <summary>Ids from content, so that the same event has the same id in every run, on every machine.</summary>
public static class EventId
{
    /// <summary>
    /// First 16 hex digits (lower case) of the SHA-256 over pack id, leg and members, each as UTF-8 behind its length.
    /// </summary>
    /// <param name="leg">Names of the leg's sources in the order of the pack.</param>
    /// <param name="records">Members in the order of the leg's sources, then by id.</param>
    public static string Of(string packId, IReadOnlyList<string> leg, IReadOnlyList<RecordId> records)
    {
        var legText = string.Join('~', leg);
        var length = MostBytes(packId) + MostBytes(legText);
        for (var i = 0; i < records.Count; i++)
        {
            length += MostBytes(records[i].Source) + MostBytes(records[i].Id);
        }

        var bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        var used = AppendPart(bytes, packId);
        used += AppendPart(bytes[used..], legText);
        for (var i = 0; i < records.Count; i++)
        {
            used += AppendPart(bytes[used..], records[i].Source);
            used += AppendPart(bytes[used..], records[i].Id);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..used], hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    static int MostBytes(string text) => sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length);

    static int AppendPart(Span<byte> target, string text)
    {
        var written = Encoding.UTF8.GetBytes(text, target[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(target, written);
        return sizeof(int) + written;
    }
}
