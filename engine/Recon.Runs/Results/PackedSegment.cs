// A body of bytes behind a head that says what it is, compressed.
using System.Buffers;
using System.IO.Compression;
using Recon.Model;

namespace Recon.Runs.Results;

/// <summary>
/// Four letters for the kind, a version byte, the length of the body as a variable-length integer, the body in Brotli.
/// </summary>
static class PackedSegment
{
    // Brotli 1 packs a hundred MiB a second and more; a window of 4 MiB holds a section.
    const int Quality = 1;
    const int WindowBits = 22;

    public static byte[] Pack(ReadOnlySpan<byte> magic, byte version, EvidenceBuffer body)
    {
        using var head = new EvidenceBuffer(16);
        head.Bytes(magic).Bytes([version]).Number((uint)body.Length);
        var packed = ArrayPool<byte>.Shared.Rent(head.Length + BrotliEncoder.GetMaxCompressedLength(body.Length));
        head.Written.CopyTo(packed);
        var fits = BrotliEncoder.TryCompress(body.Written, packed.AsSpan(head.Length), out var written, Quality, WindowBits);
        Require.That(fits);
        var segment = packed.AsSpan(0, head.Length + written).ToArray();
        ArrayPool<byte>.Shared.Return(packed);
        return segment;
    }

    /// <summary>The version byte of a segment that <see cref="Unpack"/> takes.</summary>
    public static byte VersionOf(ReadOnlySpan<byte> magic, ReadOnlySpan<byte> segment) => segment[magic.Length];

    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: no segment of this kind, a newer one, or damaged.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> magic, byte newest, ReadOnlySpan<byte> segment)
    {
        var cursor = new EvidenceCursor(segment);
        if (!cursor.Bytes(magic.Length).SequenceEqual(magic))
        {
            throw EvidenceCursor.Damaged("a segment of another kind");
        }

        var version = cursor.Bytes(1)[0];
        if (version > newest)
        {
            throw EvidenceCursor.Damaged($"version {version} of a newer engine");
        }

        var body = new byte[cursor.Count(EvidenceCursor.MaxBody)];
        return BrotliDecoder.TryDecompress(cursor.Rest, body, out var written) && written == body.Length
            ? body
            : throw EvidenceCursor.Damaged("not compressed as written");
    }
}
