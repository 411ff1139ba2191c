// The ids of matches and breaks, derived from what they are about.
using System.Buffers;
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
    public static string Of(string packId, IReadOnlyList<string> leg, IEnumerable<RecordId> records)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        AppendPart(bytes, packId);
        AppendPart(bytes, string.Join('~', leg));
        foreach (var record in records)
        {
            AppendPart(bytes, record.Source);
            AppendPart(bytes, record.Id);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    static void AppendPart(ArrayBufferWriter<byte> bytes, string text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
        bytes.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, bytes);
    }
}
