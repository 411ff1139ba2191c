// What a snapshot says of itself: of what it is, how it was made, and the hash of each of its files.
using System.Text.Json;
using System.Text.Json.Serialization;
using Recon.Model;

namespace Recon.Sources.Snapshots;

/// <param name="FormatVersion"><see cref="Format"/>.</param>
/// <param name="Engine">Major of the engine that made it: another may read inputs otherwise.</param>
/// <param name="Sample">About how many of a hundred families of records it has; null for all.</param>
/// <param name="Files">By name, in ordinal order.</param>
public sealed record SnapshotManifest(
    string FormatVersion,
    string Name,
    string Pack,
    string PackVersion,
    DateOnly BusinessDate,
    string Engine,
    bool Masked,
    int? Sample,
    int OpenItems,
    IReadOnlyList<SnapshotFile> Files)
{
    public const string FileName = "snapshot.json";

    public const string Format = "1.0";

    static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Rows of all sources.</summary>
    [JsonIgnore]
    public int Rows => Files.Sum(file => file.Rows ?? 0);

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];

    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="ReconException">It is no manifest, or of a newer engine.</exception>
    public static SnapshotManifest Read(ReadOnlySpan<byte> json, string place)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<SnapshotManifest>(json, Json)
                ?? throw new JsonException("it is null");
            if (manifest.Files.Any(file => file is null))
            {
                throw new JsonException("a file is null");
            }

            return manifest.FormatVersion == Format
                ? manifest
                : throw new ReconException(
                    $"{place}: its format is {manifest.FormatVersion}, and this engine reads {Format}; make the snapshot again", FaultKind.InputWrong);
        }
        catch (JsonException fault)
        {
            throw new ReconException($"{place}: it is no manifest of a snapshot: {fault.Message}", FaultKind.InputWrong, inner: fault);
        }
    }
}

public sealed record SnapshotFile(string Name, string Sha256, long Bytes)
{
    /// <summary>Of the source that it holds; null where it holds none.</summary>
    public int? Rows { get; init; }
}
