// The records of runs, each as one compressed document.
using System.Buffers.Binary;
using System.IO.Compression;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store.Rows;

static class DocumentRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "documents", "run sha256 data", numbers: "run", bytes: "data");

    public static void Write(RunTableWriter documents, long number, RunDocumentBytes document) =>
        documents.Add(number, document.Sha256, document.Packed);

    public static string? Sha256(Database database, long run) => database.FirstOrNull(database.Sql["documents.hash"], row => row.Text(0), run);

    public static RunRecord Read(Database database, RunRow run, MatchEvidence matches, IReadOnlyList<Break> breaks)
    {
        var bytes = database.FirstOrNull(
            Table.OfRun(database), row => new RunDocumentBytes(row.Text(1), row.Bytes(2)), run.Number);
        var json = bytes?.Unpack()
            ?? throw database.Damaged($"the document of run {run.Head.Id} is damaged or missing");
        return RunRecordJson.Read(json, matches, breaks);
    }
}

/// <summary>A run's record as it is kept.</summary>
/// <param name="Sha256">Hash of the JSON, whatever compressed it.</param>
/// <param name="Packed">The length of the JSON in four bytes, low ones first, then the JSON in Brotli.</param>
sealed record RunDocumentBytes(string Sha256, byte[] Packed)
{
    const int Head = 4;
    const int Quality = 1;
    const int WindowBits = 22;

    public static RunDocumentBytes Of(RunRecord record)
    {
        var json = RunRecordJson.Write(record);
        var packed = new byte[Head + BrotliEncoder.GetMaxCompressedLength(json.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(packed, json.Length);
        Require.That(BrotliEncoder.TryCompress(json, packed.AsSpan(Head), out var written, Quality, WindowBits));
        return new RunDocumentBytes(StoreText.Sha256(json), packed[..(Head + written)]);
    }

    /// <summary>The JSON; null where it is not what its hash says.</summary>
    public byte[]? Unpack()
    {
        if (Packed.Length < Head)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(Packed);
        if (length < 0 || length > Array.MaxLength)
        {
            return null;
        }

        var json = new byte[length];
        return BrotliDecoder.TryDecompress(Packed.AsSpan(Head), json, out var written)
            && written == length && StoreText.Sha256(json) == Sha256
            ? json
            : null;
    }
}
