// Finds the programs of PostgreSQL on this machine, or has them installed.
using System.Diagnostics;

namespace Recon.Tests.Servers;

static class Postgres
{
    const string Server = "postgres";

    static readonly Lazy<(string? Folder, string WhyNone)> Found = new(Find);

    /// <summary>The folder of <c>initdb</c> and <c>postgres</c>; null where they cannot be had.</summary>
    public static string? Folder => Found.Value.Folder;

    public static string WhyNone => Found.Value.WhyNone;

    /// <summary>PostgreSQL refuses to run as root: there another user runs it.</summary>
    public static ProcessStartInfo AsServerUser(params string[] words)
    {
        var user = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
        string[] all = Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={user}", $"--regid={GroupOf(user)}", "--clear-groups", "--", .. words]
            : words;
        return new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>What it said on stderr before it ended; that it still runs, where it does.</summary>
    public static string ErrorsOf(Process process) => process.HasExited ? process.StandardError.ReadToEnd().Trim() : "it answers to nobody";

    static (string? Folder, string WhyNone) Find()
    {
        if (OperatingSystem.IsWindows())
        {
            return (null, "the tests start PostgreSQL on Linux and macOS only");
        }

        var why = "PostgreSQL is not installed";
        var folder = OnThisMachine();
        if (folder is null && File.Exists("/usr/bin/apt-get") && Environment.IsPrivilegedProcess)
        {
            why = Install() is { } fault ? $"{why}, and apt-get could not install it: {fault}" : why;
            folder = OnThisMachine();
        }
        else if (folder is null)
        {
            why += ", and apt-get could not be asked for it: that takes Debian or Ubuntu, and root";
        }

        return (folder, why);
    }

    static string? OnThisMachine()
    {
        const string Debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderByDescending(folder => folder.Length) : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(installed?.ThenByDescending(folder => folder, StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin")) ?? [])
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, Server)) && File.Exists(Path.Combine(folder, "initdb")));
    }

    // Null where it worked.
    static string? Install()
    {
        foreach (var words in (string[])["update -q", "install -qy --no-install-recommends postgresql"])
        {
            var start = new ProcessStartInfo("apt-get", words.Split(' ')) { RedirectStandardError = true, RedirectStandardOutput = true };
            start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return errors.Result.Trim();
            }
        }

        return null;
    }

    static string GroupOf(string user) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == user)[3];
}
