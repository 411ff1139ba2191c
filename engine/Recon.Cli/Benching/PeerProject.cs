// The project with the peers: part of the checkout, never of the shipped command line.
using System.Diagnostics;
using System.Reflection;

namespace Recon.Cli.Benching;

static class PeerProject
{
    internal static readonly IReadOnlyDictionary<string, string> Titles = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["duckdb"] = "DuckDB SQL, tuned",
        ["plain"] = "plain C#",
    };

    static string Configuration =>
        typeof(PeerProject).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";

    /// <summary>The assembly of the peers, built where asked for; null, said on stderr, where there is none.</summary>
    internal static string? Find(bool build, CancellationToken cancellation)
    {
        if (Checkout() is not { } root)
        {
            Console.Error.WriteLine("recon: no checkout of Recon (Recon.sln) around this program: the peers are left out");
            return null;
        }

        var project = Path.Combine(root, "tests", "Recon.Benchmarks", "Recon.Benchmarks.csproj");
        if (build && Dotnet(cancellation, "build", project, "-c", Configuration, "--nologo", "-v", "quiet") is null)
        {
            Console.Error.WriteLine($"recon: {project} does not build: the peers are left out");
            return null;
        }

        var path = Dotnet(cancellation, "msbuild", project, $"-p:Configuration={Configuration}", "-getProperty:TargetPath")?.Trim();
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"recon: {path ?? project} was not built: the peers are left out");
            return null;
        }

        return path;
    }

    // The folder of the solution that this program was built from.
    static string? Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Recon.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }

    // What it printed; null, with that on stderr, where it failed.
    static string? Dotnet(CancellationToken cancellation, params string[] arguments)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = Process.Start(new ProcessStartInfo(DotnetHost.Path, arguments) { RedirectStandardOutput = true })!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
        {
            return printed;
        }

        Console.Error.Write(printed);
        return null;
    }
}
