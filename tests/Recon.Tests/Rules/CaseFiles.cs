// Finds the case files of rules, and compares or rewrites what they expect.
using Xunit;

namespace Recon.Tests.Rules;

static class CaseFiles
{
    /// <summary>The folder that has Recon.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, "tests", "cases", folder), "*.case")
            .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Fails with the difference; with RECON_UPDATE=1 writes the file instead.</summary>
    public static void Expect(string path, string expected, string actual)
    {
        if (Environment.GetEnvironmentVariable("RECON_UPDATE") == "1")
        {
            File.WriteAllText(Path.Combine(Root, path), actual);
            return;
        }

        Assert.Equal(expected, actual);
    }

    static string FindRoot()
    {
        var start = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = start; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recon.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no Recon.sln above {AppContext.BaseDirectory}");
    }
}
