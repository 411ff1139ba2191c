// The ids of matches and breaks, derived from what they are about.
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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendPart(hash, packId);
        AppendPart(hash, string.Join('~', leg));
        foreach (var record in records)
        {
            AppendPart(hash, record.Source);
            AppendPart(hash, record.Id);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    static void AppendPart(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
