// A story told in commands, played line by line and held against what it says.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Recon.Tests.Cli;

/// <summary>
/// A text in which a line <c>$ command</c> is a command, what stands indented below it is what it prints and its exit code where that is not 0,
/// and all else is told to the reader. RECON_UPDATE=1 writes what is printed anew.
/// </summary>
static partial class PlayedScript
{
    const string Prompt = "$ ";
    const string Indent = "  ";

    /// <param name="folder">Where the commands run.</param>
    internal static async Task PlayAsync(string folder, string script)
    {
        var played = new StringBuilder();
        foreach (var line in File.ReadLines(script).Where(line => !line.StartsWith(Indent, StringComparison.Ordinal)))
        {
            played.Append(line).Append('\n');
            if (line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                var (exit, printed) = await RunAsync(folder, line[Prompt.Length..]);
                var lines = printed.Length == 0 ? [] : Settled(printed, folder).Split('\n');
                played.AppendJoin("", lines.Select(text => $"{Indent}{text}\n"));
                if (exit != 0)
                {
                    played.Append(CultureInfo.InvariantCulture, $"{Indent}(exit {exit})\n");
                }
            }
        }

        ExpectedText.Matches(script, played.ToString());
    }

    static async Task<(int Exit, string Printed)> RunAsync(string folder, string command)
    {
        if (command.StartsWith("recon ", StringComparison.Ordinal) && !command.Contains(" | ", StringComparison.Ordinal))
        {
            var result = await WarmCli.RunAsync(folder, [.. Word().Matches(command).Skip(1).Select(word => word.Value.Trim('"'))]);
            return (result.ExitCode, result.Out + result.Error);
        }

        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, output + await error);
    }

    // What depends on the hour, the machine and the user who plays it.
    static string Settled(string printed, string folder) => Commit().Replace(Moment().Replace(
        printed.ReplaceLineEndings("\n").TrimEnd('\n').Replace(folder, ".", StringComparison.Ordinal), "(now)"), "(commit)")
        .Replace(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "(today)", StringComparison.Ordinal)
        .Replace(Environment.UserName + " ", "(me) ", StringComparison.Ordinal);

    [GeneratedRegex("\"[^\"]*\"|[^ \"]+(\"[^\"]*\")?")]
    private static partial Regex Word();

    [GeneratedRegex("\\([0-9a-f]{12}\\)")]
    private static partial Regex Commit();

    [GeneratedRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(\\.[0-9]+)?Z?")]
    private static partial Regex Moment();
}
