// The audit trail as a chain of hashes: each entry covers the one before it.
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Recon.Store;

/// <summary>One entry of the chain.</summary>
/// <param name="Seq">From 1, without gaps.</param>
/// <param name="At">UTC, as it stands in the store.</param>
/// <param name="Payload">JSON, hashed as text.</param>
/// <param name="PrevHash">Hash of the entry before; 64 zeros in the first.</param>
sealed record AuditEntry(
    long Seq, string At, string Who, string Action, string Payload, string PrevHash, string Hash)
{
    public static AuditEntry After(
        AuditEntry? last, DateTimeOffset at, string who, string action, string payload)
    {
        var (seq, prev) = ((last?.Seq ?? 0) + 1, last?.Hash ?? AuditChain.Start);
        var time = StoreText.Of(at);
        var hash = AuditChain.HashOf(prev, seq, time, who, action, payload);
        return new AuditEntry(seq, time, who, action, payload, prev, hash);
    }
}

static class AuditChain
{
    public static readonly string Start = new('0', 64);

    public static class Action
    {
        public const string RunRecorded = "run-recorded";
        public const string AttemptFailed = "attempt-failed";
        public const string RunReinstated = "run-reinstated";
        public const string EvidencePurged = "evidence-purged";
        public const string PersonActed = "person-acted";
        public const string PostingMoved = "posting-moved";
    }

    /// <summary>
    /// SHA-256 in lower-case hex over the values in this order, each as UTF-8 behind its length in bytes (four bytes,
    /// low ones first); the number as decimal digits.
    /// </summary>
    public static string HashOf(string prevHash, long seq, string at, string who, string action, string payload)
    {
        var digits = seq.ToString(CultureInfo.InvariantCulture);
        ReadOnlySpan<string> values = [prevHash, digits, at, who, action, payload];
        var length = 0;
        foreach (var value in values)
        {
            length += 4 + Encoding.UTF8.GetByteCount(value);
        }

        var bytes = length <= 2048 ? stackalloc byte[length] : new byte[length];
        var used = 0;
        foreach (var value in values)
        {
            var written = Encoding.UTF8.GetBytes(value, bytes[(used + 4)..]);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[used..], written);
            used += 4 + written;
        }

        return StoreText.Sha256(bytes);
    }

    /// <summary>What is wrong with an entry that follows another; null where nothing is.</summary>
    public static string? FaultIn(AuditEntry entry, AuditEntry? last)
    {
        var expected = (last?.Seq ?? 0) + 1;
        if (entry.Seq != expected)
        {
            return $"audit entry {expected} is missing";
        }

        if (entry.PrevHash != (last?.Hash ?? Start))
        {
            return $"audit entry {entry.Seq} does not follow the one before it";
        }

        return entry.Hash == HashOf(entry.PrevHash, entry.Seq, entry.At, entry.Who, entry.Action, entry.Payload)
            ? null
            : $"audit entry {entry.Seq} was changed: it does not have its hash";
    }
}
