// What a confined process must not be able to do, tried by one.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Recon.Sandbox;

namespace Recon.Cli.Doctoring;

/// <summary>One attempt.</summary>
/// <param name="Succeeded">True where it got through: the sandbox leaks.</param>
/// <param name="Said">By what it was refused, or what it got.</param>
sealed record ProbeResult(string Name, bool Succeeded, string Said);

static class Probes
{
    const int ProcessOfParent = 1;
    const long MoreThanItsHeap = 1L << 31;

    /// <summary>Tries everything in this process, which is a confined one.</summary>
    internal static IEnumerable<ProbeResult> Run() => Attempts().Select(attempt => Try(attempt.Name, attempt.Attempt));

    static IEnumerable<(string Name, Func<object> Attempt)> Attempts() =>
    [
        ("reads a file of the system", () => File.ReadAllText("/etc/passwd").Length),
        ("reads a file of another user's folder", () => Directory.GetFileSystemEntries("/root").Concat(Directory.GetFileSystemEntries("/home")).Count()),
        ("reads the environment of another process", () => ParentIds().Sum(id => File.ReadAllBytes($"/proc/{id}/environ").Length)),
        ("reads the memory of another process", () => File.OpenRead($"/proc/{ParentIds().First()}/mem").ReadByte()),
        ("writes a file", () => Written("/tmp/recon-probe")),
        ("changes what it was told", () => Written(Path.Combine(Confined.Current!.Cell.Directory, "order.json"))),
        ("connects by TCP", () => Connected()),
        ("opens a socket for datagrams", () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp).Handle),
        ("opens a socket of this machine", () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified).Handle),
        ("looks a name up", () => Dns.GetHostAddresses("example.com").Length),
        ("starts a program", () => Process.Start("/bin/true").Id),
        ("ends another process", () => Signalled(ParentIds().First())),
        ("takes more memory than it is given", () => Taken(MoreThanItsHeap)),
    ];

    /// <summary>Variables of the environment that were not meant for it; empty where none came through.</summary>
    internal static IReadOnlyList<string> InheritedVariables() =>
    [
        .. Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => !name.StartsWith("DOTNET_", StringComparison.Ordinal) && name is not (Cell.Variable or "HOME" or "TMPDIR" or "RECON_ENV"))
            .Order(StringComparer.Ordinal),
    ];

    static ProbeResult Try(string name, Func<object> attempt)
    {
        try
        {
            return new ProbeResult(name, Succeeded: true, $"got {attempt()}");
        }
        catch (Exception refused)
        {
            return new ProbeResult(name, Succeeded: false, refused.Message.Split('\n')[0]);
        }
    }

    // From the parent up to the first process.
    static IEnumerable<int> ParentIds()
    {
        for (var id = Environment.ProcessId; id > ProcessOfParent;)
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            id = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            if (id > 0)
            {
                yield return id;
            }
        }
    }

    static string Written(string path)
    {
        File.WriteAllText(path, "x");
        File.Delete(path);
        return path;
    }

    static bool Connected()
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, 9);
        return true;
    }

    static int Signalled(int id) => Kill(id, 0) == 0 ? id : throw new InvalidOperationException($"error {Marshal.GetLastPInvokeError()}");

    // Held, and touched page by page, so that none of it is only promised.
    static long Taken(long bytes)
    {
        var held = new List<byte[]>();
        for (var taken = 0L; taken < bytes; taken += held[^1].Length)
        {
            held.Add(new byte[1 << 24]);
            Array.Fill(held[^1], (byte)1);
        }

        return held.Sum(block => (long)block[^1]);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}
