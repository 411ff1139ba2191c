// One try to keep the matches of a run as files, whether its run was recorded or not.
using Recon.Runs.Results;

namespace Recon.Store.Evidence;

/// <summary>Is written down before its first file is, so that files of a run that was never recorded are found by their name.</summary>
/// <param name="Id">Drawn anew for each try: no two tries have a file in common, on whatever store.</param>
sealed record EvidenceAttempt(string Id, string Run, string PackId, DateOnly BusinessDate)
{
    /// <summary>The end of a file that is being written.</summary>
    public const string Draft = ".tmp";

    /// <summary><c>KEY=VALUE</c> is how readers of Parquet know columns that are folders.</summary>
    public string Folder => $"pack={Uri.EscapeDataString(PackId)}/date={StoreText.Of(BusinessDate)}";

    string Prefix => $"{Run}-{Id}-";

    public static EvidenceAttempt Of(RunIdentity run) => new(Guid.NewGuid().ToString("N")[..12], run.Id, run.PackId, run.BusinessDate);

    /// <summary>Relative to the folder of evidence, with <c>/</c>.</summary>
    public string NameOf(int leg, int ordinal) => $"{Folder}/{Prefix}{leg}-{ordinal:D4}.parquet";

    /// <summary>Its files as they lie there now, finished or not.</summary>
    public IReadOnlyList<string> FilesIn(string root)
    {
        var folder = Path.Combine(root, Folder);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, $"{Prefix}*") : [];
    }
}
