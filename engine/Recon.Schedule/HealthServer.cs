// Answers whether the service lives and is ready, to who watches over it.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Recon.Schedule;

/// <summary>What is said under one path.</summary>
/// <param name="Json">One JSON object.</param>
public sealed record HealthAnswer(bool IsFine, string Json);

/// <summary>
/// HTTP/1.1 for GET and HEAD of the paths it is given: 200 where all is fine, 503 where it is not, 404 for any other path. One answer
/// a connection; a request has 5 s and 4 KiB.
/// </summary>
public sealed class HealthServer : IAsyncDisposable
{
    const int LongestRequest = 4096;
    const int MostConnections = 16;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly TcpListener _listener;
    readonly IReadOnlyDictionary<string, Func<HealthAnswer>> _answers;
    readonly CancellationTokenSource _end = new();
    readonly SemaphoreSlim _free = new(MostConnections);
    readonly Task _accepting;

    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    public HealthServer(IPEndPoint listen, IReadOnlyDictionary<string, Func<HealthAnswer>> answers)
    {
        _answers = answers;
        _listener = new TcpListener(listen);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>With the port that was given, where port 0 was asked for.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
    }

    async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await _free.WaitAsync(_end.Token);
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = AnswerAsync(client);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                _free.Release();
            }
        }
    }

    async Task AnswerAsync(TcpClient client)
    {
        using (client)
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token))
        {
            try
            {
                limit.CancelAfter(Patience);
                var stream = client.GetStream();
                var request = await ReadAsync(stream, limit.Token);
                await stream.WriteAsync(AnswerTo(request), limit.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Who asked is gone.
            }
            finally
            {
                _free.Release();
            }
        }
    }

    static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            length += read;
            if (read == 0 || buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                break;
            }
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    byte[] AnswerTo(string request)
    {
        var words = request.Split("\r\n", 2)[0].Split(' ');
        if (words.Length != 3 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            return Response("400 Bad Request", """{"error":"no HTTP/1.1 request"}""", isHead: false);
        }

        if (words[0] is not ("GET" or "HEAD"))
        {
            return Response("405 Method Not Allowed", """{"error":"GET or HEAD"}""", isHead: false);
        }

        var isHead = words[0] == "HEAD";
        if (!_answers.TryGetValue(words[1].Split('?')[0], out var answer))
        {
            return Response("404 Not Found", """{"error":"no such path"}""", isHead);
        }

        var said = answer();
        return Response(said.IsFine ? "200 OK" : "503 Service Unavailable", said.Json, isHead);
    }

    static byte[] Response(string status, string json, bool isHead)
    {
        var length = Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
            + (isHead ? "" : json));
    }
}
