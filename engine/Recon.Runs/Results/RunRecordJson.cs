// Writes and reads a run's record as canonical JSON: equal records give equal bytes, and nothing is lost.
using System.Text.Json;
using Recon.Model;

namespace Recon.Runs.Results;

/// <summary>
/// The record of a run as UTF-8 JSON: all but its matches (see <see cref="EvidenceFormat"/>) and its breaks (see
/// <see cref="BreakFormat"/>).
/// </summary>
/// <remarks>
/// One line, every property written, in the order of declaration. Numbers keep their scale: <c>1.50</c> stays
/// <c>1.50</c>. What cannot be read is a <see cref="ReconException"/> with <see cref="FaultKind.Storage"/>.
/// </remarks>
public static class RunRecordJson
{
    /// <summary>The version that is written; a document of a higher one was written by a newer engine.</summary>
    public const int Format = 1;

    public static byte[] Write(RunRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(RunDocument.Of(record), ResultJson.Default.RunDocument);

    /// <exception cref="ReconException">The bytes are no record, or one of a newer engine.</exception>
    public static RunRecord Read(ReadOnlySpan<byte> utf8, MatchEvidence matches, IReadOnlyList<Break> breaks)
    {
        try
        {
            var document = JsonSerializer.Deserialize(utf8, ResultJson.Default.RunDocument)
                ?? throw new JsonException("null is no run");
            return document.Format <= Format
                ? document.ToRecord(matches, breaks)
                : throw Unreadable($"format {document.Format} of a newer engine", null);
        }
        catch (JsonException fault)
        {
            throw Unreadable(fault.Message, fault);
        }
    }

    static ReconException Unreadable(string why, Exception? inner) =>
        new($"a run's record cannot be read: {why}", FaultKind.Storage, inner: inner);
}
