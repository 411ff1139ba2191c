// Runs commands of recon in processes that stay: for tests with many commands, where starting a process costs more than what it does.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recon.Tests.Cli;

/// <summary>
/// Arguments, folder and what is written to both streams are as with <see cref="CliProcess"/>; the environment is that of the first start. As many
/// processes begin as commands run at once; they end with their input, which ends with this process.
/// </summary>
sealed class WarmCli
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "Recon.WarmCli.dll");

    static readonly ConcurrentBag<WarmCli> Idle = [];

    readonly Process _process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Executable])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
        Environment = { ["CI"] = "" },
    })!;

    internal static async Task<CliResult> RunAsync(string directory, params string[] arguments)
    {
        var cli = Idle.TryTake(out var idle) ? idle : new WarmCli();
        var result = await cli.AskAsync(directory, arguments);
        Idle.Add(cli);
        return result;
    }

    async Task<CliResult> AskAsync(string directory, string[] arguments)
    {
        var mark = $"--- {Guid.NewGuid()} exit ";
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize<string[]>([mark, directory, .. arguments]));
        await _process.StandardInput.FlushAsync();
        try
        {
            using var late = new CancellationTokenSource(Limit);
            var output = UpTo(mark, _process.StandardOutput, late.Token);
            var error = await UpTo(mark, _process.StandardError, late.Token);
            return new CliResult((await output).ExitCode, (await output).Text, error.Text);
        }
        catch
        {
            _process.Kill();
            throw;
        }
    }

    static async Task<(string Text, int ExitCode)> UpTo(string mark, StreamReader stream, CancellationToken late)
    {
        var read = new StringBuilder();
        var buffer = new char[4096];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, late);
            if (count == 0)
            {
                throw new InvalidOperationException($"recon ended amid a command:\n{read}");
            }

            read.Append(buffer, 0, count);
            if (buffer[count - 1] == '\n' && read.ToString() is var text && text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var end)
            {
                return (text[..end], int.Parse(text.AsSpan(end + mark.Length).TrimEnd(), CultureInfo.InvariantCulture));
            }
        }
    }
}
