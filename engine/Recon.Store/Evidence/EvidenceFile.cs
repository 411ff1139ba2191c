// One file of evidence: how it was written, and whether it is still so.
using System.Globalization;
using System.Security.Cryptography;
using Recon.Model;

namespace Recon.Store.Evidence;

/// <param name="Attempt">The try that wrote it.</param>
/// <param name="Name">Relative to the folder of evidence, with <c>/</c>.</param>
/// <param name="Sha256">Of all its bytes, in lower-case hex.</param>
sealed record EvidenceFile(int Leg, int Ordinal, string Attempt, string Name, long Matches, long Bytes, string Sha256)
{
    /// <summary>All its bytes, with their hash.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: it is missing, or is not as it was written.</exception>
    public byte[] Read(string root) => Told(root, () =>
    {
        var bytes = File.ReadAllBytes(PathIn(root));
        return FaultOf(bytes.Length, () => StoreText.Sha256(bytes)) is { } fault ? throw Damaged(fault) : bytes;
    });

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? FaultIn(string root)
    {
        try
        {
            return Told(root, () =>
            {
                using var file = File.OpenRead(PathIn(root));
                return FaultOf(file.Length, () => Convert.ToHexStringLower(SHA256.HashData(file)));
            });
        }
        catch (ReconException fault)
        {
            return fault.Message;
        }
    }

    public bool IsIn(string root) => new FileInfo(PathIn(root)) is { Exists: true } file && file.Length == Bytes;

    public string PathIn(string root) => Path.Combine(root, Name);

    string? FaultOf(long bytes, Func<string> hash) =>
        bytes != Bytes ? string.Create(CultureInfo.InvariantCulture, $"{Name} has {bytes:N0} bytes, {Bytes:N0} were written")
        : hash() != Sha256 ? $"{Name} was changed: it does not have its hash"
        : null;

    T Told<T>(string root, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Damaged($"{Name} is missing in {root}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReconException($"{PathIn(root)}: {fault.Message}", FaultKind.Storage, inner: fault);
        }
    }

    static ReconException Damaged(string what) => new(what, FaultKind.Storage);
}
