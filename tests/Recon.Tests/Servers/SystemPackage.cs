// Finds the programs of a server on this machine, or has them installed, and starts them as somebody who is not root.
using System.Diagnostics;

namespace Recon.Tests.Servers;

static class SystemPackage
{
    /// <param name="name">For people.</param>
    /// <param name="package">What apt-get calls it.</param>
    /// <param name="onThisMachine">Where its programs are; null where they are not.</param>
    public static (string? Folder, string WhyNone) Find(string name, string package, Func<string?> onThisMachine)
    {
        if (OperatingSystem.IsWindows())
        {
            return (null, $"the tests start {name} on Linux and macOS only");
        }

        var why = $"{name} is not installed";
        var folder = onThisMachine();
        if (folder is null && File.Exists("/usr/bin/apt-get") && Environment.IsPrivilegedProcess)
        {
            why = Install(package) is { } fault ? $"{why}, and apt-get could not install it: {fault}" : why;
            folder = onThisMachine();
        }
        else if (folder is null)
        {
            why += ", and apt-get could not be asked for it: that takes Debian or Ubuntu, and root";
        }

        return (folder, why);
    }

    /// <summary>The folders in which a shell looks for programs.</summary>
    public static IEnumerable<string> Path => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);

    /// <summary>Servers refuse to run as root: there another user runs them.</summary>
    /// <param name="user">Where there is no such user, nobody is.</param>
    public static ProcessStartInfo As(string user, params string[] words)
    {
        var known = File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{user}:", StringComparison.Ordinal)) ? user : "nobody";
        string[] all = Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={known}", $"--regid={GroupOf(known)}", "--clear-groups", "--", .. words]
            : words;
        return new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = System.IO.Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
    }

    // Null where it worked.
    static string? Install(string package)
    {
        foreach (var words in (string[])["update -q", $"install -qy --no-install-recommends {package}"])
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
