// Where the matches of large runs are kept: as files in a folder, or as bytes in the store.
namespace Recon.Store.Evidence;

/// <summary>A folder of Parquet files beside a store.</summary>
/// <param name="Folder">Absolute. On a store that several machines share it must be one that all of them see.</param>
/// <param name="From">Runs of so many matches and more keep them here, smaller ones in the store.</param>
public sealed record EvidencePlace(string Folder, long From = EvidencePlace.UsualFrom)
{
    /// <summary>A million matches: fewer are a few MiB, which a store holds with more ease than a folder holds small files.</summary>
    public const long UsualFrom = 1_000_000;

    /// <summary>The folder of a store that is a file, where nothing else is said: it is moved and copied with it.</summary>
    public static EvidencePlace Beside(string store, long from = UsualFrom) => new($"{store}.evidence", from);
}
