// A server that the tests begin in a folder of its own, on a free port of this machine, and that ends when they do.
using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Recon.Tests.Servers;

sealed class OwnServer : IDisposable
{
    const int StartSeconds = 60;

    readonly Process _process;

    OwnServer(Process process, int port, string password) => (_process, Port, Password) = (process, port, password);

    public int Port { get; }

    public string Password { get; }

    /// <param name="name">For people and the folder.</param>
    /// <param name="user">Who runs it where the tests are run by root.</param>
    /// <param name="script">
    /// For sh: <c>$1</c> is the folder, which is not there yet, <c>$2</c> where its programs are, <c>$3</c> the port. The password comes on
    /// stdin, and the server ends when that does: whatever ends the tests ends it.
    /// </param>
    /// <param name="ask">Asks it something; throws while it does not answer.</param>
    public static OwnServer Start(string name, string user, string script, string bin, Action<OwnServer> ask)
    {
        var (port, password) = (FreePort(), RandomNumberGenerator.GetHexString(20));
        var home = Path.Combine(Path.GetTempPath(), $"recon-{name.ToLowerInvariant()}-{Guid.NewGuid():N}");
        var process = Process.Start(SystemPackage.As(user, "sh", "-c", script, "sh", home, bin, $"{port}"))!;
        process.StandardInput.WriteLine(password);
        process.StandardInput.Flush();
        var server = new OwnServer(process, port, password);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                ask(server);
                return server;
            }
            catch (DbException fault)
            {
                if (process.HasExited || waited.Elapsed.TotalSeconds > StartSeconds)
                {
                    var errors = process.HasExited ? process.StandardError.ReadToEnd().Trim() : "it answers to nobody";
                    throw new InvalidOperationException($"{name} did not start in {home}: {errors}", fault);
                }

                Thread.Sleep(50);
            }
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(TimeSpan.FromSeconds(10));
        _process.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
