// recon lsp, asked over stdin and stdout as an editor asks it.
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class LspTests
{
    [Fact]
    public async Task An_editor_gets_findings_fixes_proposals_meanings_places_and_layout()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "pack");
        var text = File.ReadAllText(folder.Of("pack", "pack.yaml")).Replace("amount ~ gross: $rounding", "amount ~ gros: $rounding", StringComparison.Ordinal);
        await using var editor = await Client.StartAsync(folder.Of("pack", "pack.yaml"), text);

        var found = await editor.FindingsAsync();
        Assert.Equal("RC2302", Assert.Single(found).GetProperty("code").GetString());

        Assert.Contains("the most trusted first", (await editor.AskAsync("hover", "trust:", 1)).ToString(), StringComparison.Ordinal);
        Assert.Contains("ledger.order_ref: optional text", (await editor.AskAsync("hover", "order_ref:", 2)).ToString(), StringComparison.Ordinal);

        Assert.Superset(new HashSet<string> { "join", "key", "within", "tie" }, await editor.LabelsAsync("join: ledger", 0));
        Assert.Superset(new HashSet<string> { "ask", "closest" }, await editor.LabelsAsync("tie: ask", 5));
        Assert.Superset(new HashSet<string> { "books", "external" }, await editor.LabelsAsync("role: books", 6));
        Assert.Superset(new HashSet<string> { "entry_id", "amount", "Id" }, await editor.LabelsAsync("ledger.kind ==", 7));
        Assert.Superset(new HashSet<string> { "match", "open" }, await editor.LabelsAsync("on: { match", 6));

        var fix = await editor.AskAsync("codeAction", "gros:", 0);
        Assert.Equal("gross", fix[0].GetProperty("edit").GetProperty("changes").EnumerateObject().Single().Value[0].GetProperty("newText").GetString());
        Assert.Equal(10, (await editor.AskAsync("definition", "$rounding", 2)).GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());

        var renamed = (await editor.AskAsync("rename", "capture-near", 2)).GetProperty("changes").EnumerateObject().ToList();
        Assert.Equal(["pack.test.yaml", "pack.yaml"], renamed.Select(file => Path.GetFileName(file.Name)).Order());
        Assert.All(renamed, file => Assert.True(file.Value.GetArrayLength() > 1));

        var mended = text.Replace("gros:", "gross:", StringComparison.Ordinal);
        await editor.ChangeAsync(mended.Replace("- id: capture-near", "-   id: capture-near", StringComparison.Ordinal));
        Assert.NotEmpty(await editor.FindingsAsync());
        await editor.ChangeAsync(mended.Replace("    join: ", "    join:   ", StringComparison.Ordinal));
        Assert.Empty(await editor.FindingsAsync());
        var layout = await editor.AskAsync("formatting", "recon", 0);
        Assert.Equal(File.ReadAllText(folder.Of("pack", "pack.yaml")), layout[0].GetProperty("newText").GetString());
        Assert.Equal(0, await editor.EndAsync());
    }

    // Whatever stands in the file, and wherever the cursor is, the server answers.
    [Fact]
    public async Task An_unfinished_file_is_answered_at_every_place()
    {
        using var folder = new TemporaryFolder();
        var text = "recon: 1\npack: { id: x, \nsources:\n  a:\n    fields: { id: text, amount: { type: \n    where: |\n      a.\n"
            + "passes:\n- id: y\n  within: [ {\n  on\n";
        await using var editor = await Client.StartAsync(folder.Of("pack.yaml"), text);
        Assert.NotEmpty(await editor.FindingsAsync());
        foreach (var (line, content) in text.Split('\n').Index())
        {
            for (var column = 0; column <= content.Length; column++)
            {
                Assert.NotEqual(JsonValueKind.Undefined, (await editor.AskAtAsync("completion", line, column)).ValueKind);
                await editor.AskAtAsync("hover", line, column);
                await editor.AskAtAsync("definition", line, column);
            }
        }

        Assert.Equal(0, await editor.EndAsync());
    }

    [Fact]
    public void The_extension_starts_what_there_is()
    {
        using var package = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Of("engine", "vscode", "package.json")));
        foreach (var file in package.RootElement.GetProperty("files").EnumerateArray())
        {
            Assert.True(File.Exists(RepositoryRoot.Of("engine", "vscode", file.GetString()!)));
        }

        Assert.Contains("args: [\"lsp\"]", File.ReadAllText(RepositoryRoot.Of("engine", "vscode", "extension.js")), StringComparison.Ordinal);
    }

    sealed class Client : IAsyncDisposable
    {
        readonly Process _process;
        readonly Queue<JsonElement> _published = [];
        readonly string _uri;
        string _text;
        int _last;

        Client(Process process, string path, string text) => (_process, _uri, _text) = (process, new Uri(path).AbsoluteUri, text);

        internal static async Task<Client> StartAsync(string path, string text)
        {
            var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "recon.dll"), "lsp"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            var client = new Client(process, path, text);
            await client.RequestAsync("initialize", new { capabilities = new { } });
            await client.SendAsync(new { jsonrpc = "2.0", method = "initialized", @params = new { } });
            await client.SendAsync(new
            {
                jsonrpc = "2.0",
                method = "textDocument/didOpen",
                @params = new { textDocument = new { uri = client._uri, languageId = "yaml", version = 1, text } },
            });
            return client;
        }

        internal async Task<IReadOnlyList<JsonElement>> FindingsAsync()
        {
            while (_published.Count == 0)
            {
                await ReceiveAsync();
            }

            return [.. _published.Dequeue().GetProperty("diagnostics").EnumerateArray()];
        }

        internal Task ChangeAsync(string text)
        {
            _text = text;
            return SendAsync(new
            {
                jsonrpc = "2.0",
                method = "textDocument/didChange",
                @params = new { textDocument = new { uri = _uri, version = 2 }, contentChanges = new[] { new { text } } },
            });
        }

        internal Task<JsonElement> AskAsync(string method, string at, int offset)
        {
            var line = Array.FindIndex(_text.Split('\n'), each => each.Contains(at, StringComparison.Ordinal));
            return AskAtAsync(method, line, _text.Split('\n')[line].IndexOf(at, StringComparison.Ordinal) + offset);
        }

        internal Task<JsonElement> AskAtAsync(string method, int line, int character)
        {
            var position = new { line, character };
            return RequestAsync($"textDocument/{method}", new
            {
                textDocument = new { uri = _uri },
                position,
                range = new { start = position, end = position },
                newName = "renamed",
                context = new { diagnostics = Array.Empty<int>() },
            });
        }

        internal async Task<HashSet<string>> LabelsAsync(string at, int offset) =>
            [.. (await AskAsync("completion", at, offset)).EnumerateArray().Select(item => item.GetProperty("label").GetString()!)];

        internal async Task<int> EndAsync()
        {
            await RequestAsync("shutdown", null);
            await SendAsync(new { jsonrpc = "2.0", method = "exit" });
            await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
            return _process.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
        }

        async Task<JsonElement> RequestAsync(string method, object? parameters)
        {
            var id = ++_last;
            await SendAsync(parameters is null ? new { jsonrpc = "2.0", id, method } : new { jsonrpc = "2.0", id, method, @params = parameters });
            while (true)
            {
                var message = await ReceiveAsync();
                if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
                {
                    return message.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(message.ToString());
                }
            }
        }

        async Task SendAsync(object message)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(message);
            var stream = _process.StandardInput.BaseStream;
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {bytes.Length}\r\n\r\n"));
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
        }

        async Task<JsonElement> ReceiveAsync()
        {
            var head = new StringBuilder();
            var stream = _process.StandardOutput.BaseStream;
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                await stream.ReadExactlyAsync(one);
                head.Append((char)one[0]);
            }

            var length = head.ToString().Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))[16..];
            var body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body);
            var message = JsonDocument.Parse(body).RootElement;
            if (message.TryGetProperty("method", out var method) && method.GetString() == "textDocument/publishDiagnostics")
            {
                _published.Enqueue(message.GetProperty("params"));
            }

            return message;
        }
    }
}
