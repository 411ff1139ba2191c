// Finds the programs of PostgreSQL on this machine, or has them installed.
namespace Recon.Tests.Servers;

static class Postgres
{
    const string Server = "postgres";

    static readonly Lazy<(string? Folder, string WhyNone)> Found = new(() => SystemPackage.Find("PostgreSQL", "postgresql", OnThisMachine));

    /// <summary>The folder of <c>initdb</c> and <c>postgres</c>; null where they cannot be had.</summary>
    public static string? Folder => Found.Value.Folder;

    public static string WhyNone => Found.Value.WhyNone;

    static string? OnThisMachine()
    {
        const string Debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderByDescending(folder => folder.Length) : null;
        return SystemPackage.Path
            .Concat(installed?.ThenByDescending(folder => folder, StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin")) ?? [])
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, Server)) && File.Exists(Path.Combine(folder, "initdb")));
    }
}
