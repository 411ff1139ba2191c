// Hashes of parts behind their lengths, so that no two different lists of parts look alike.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recon.Runs.Identity;

/// <summary>SHA-256 over a list of parts, each behind its length in bytes.</summary>
public sealed class ContentDigest : IDisposable
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentDigest Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public ContentDigest Add(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
        return this;
    }

    public ContentDigest Add(IEnumerable<string> texts)
    {
        var list = texts.ToList();
        Add(list.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        list.ForEach(text => Add(text));
        return this;
    }

    /// <summary>The hash in lower-case hex; the digest is empty again afterwards.</summary>
    public string Hex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
