// The case files of the pack loader: a pack (and its tests beside it), and what is expected of it.
using System.Text;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

/// <summary>
/// A case file. Lines <c># --env NAME</c> and <c># --param name=value</c> at its top stand for the command line,
/// <c># --connection NAME</c> for what recon.yaml knows.
/// </summary>
public static class PackCase
{
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Folder { get; } = Path.Combine(Root, "tests", "cases", "packs");

    /// <summary>Packs in <c>good</c> or <c>bad</c>, by file name; a <c>.test.yaml</c> belongs to the pack beside it.</summary>
    public static IEnumerable<string> Names(string kind) => Directory
        .EnumerateFiles(Path.Combine(Folder, kind), "*.yaml")
        .Select(Path.GetFileName).OfType<string>()
        .Where(name => !name.EndsWith(".test.yaml", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static string PathOf(string kind, string name) => Path.Combine(Folder, kind, name);

    public static PackLoad Load(string kind, string name) => LoadFile(PathOf(kind, name));

    /// <summary>A pack file, with the file of tests and the queries beside it.</summary>
    public static PackLoad LoadFile(string path) => LoadFile(path, File.ReadAllBytes(path));

    /// <summary>As if the pack of the case had this text.</summary>
    public static PackLoad LoadText(string kind, string name, string text) => LoadFile(PathOf(kind, name), Encoding.UTF8.GetBytes(text));

    static PackLoad LoadFile(string path, byte[] bytes)
    {
        var beside = Path.ChangeExtension(path, ".test.yaml");
        var tests = File.Exists(beside)
            ? new PackText(Path.GetFileName(beside), File.ReadAllBytes(beside))
            : null;
        return PackLoader.Load(new PackText(Path.GetFileName(path), bytes) { Queries = Queries(Path.GetDirectoryName(path)!) }, tests, Options(bytes));
    }

    public static PackLoad Load(string yaml) =>
        PackLoader.Load(new PackText("pack.yaml", Encoding.UTF8.GetBytes(yaml)), null, PackOptions.Default);

    public static string Rendered(PackLoad load) =>
        string.Concat(load.Diagnostics.Select(diagnostic => DiagnosticText.Render(diagnostic) + "\n"));

    /// <summary>Compares with the file beside the case; with RECON_UPDATE=1 writes it.</summary>
    public static void ShouldBe(string actual, string kind, string name)
    {
        var path = Path.Combine(Folder, kind, Path.ChangeExtension(name, ".expected"));
        if (Environment.GetEnvironmentVariable("RECON_UPDATE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(
            File.Exists(path) ? File.ReadAllText(path) : "", actual, ignoreLineEndingDifferences: true);
    }

    static string FindRoot(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Recon.sln"))
        ? folder.FullName
        : FindRoot(
            folder.Parent ?? throw new InvalidOperationException("no folder with Recon.sln above the tests"));

    static Dictionary<string, ReadOnlyMemory<byte>> Queries(string folder) => Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file));

    static PackOptions Options(byte[] bytes)
    {
        string? environment = null;
        List<string>? connections = null;
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        foreach (var line in lines.TakeWhile(line => line.StartsWith("# --", StringComparison.Ordinal)))
        {
            var words = line.Trim().Split(' ', 3);
            if (words[1] == "--env")
            {
                environment = words[2];
            }
            else if (words[1] == "--connection")
            {
                (connections ??= []).Add(words[2]);
            }
            else
            {
                var pair = words[2].Split('=', 2);
                parameters[pair[0]] = pair[1];
            }
        }

        return new PackOptions(environment, parameters, ["BANK-NL"]) { Connections = connections };
    }
}
