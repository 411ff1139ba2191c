// Reads and runs the cases of the command line: text files that an analyst can read.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Recon.Tests.Cli;

/// <summary>
/// A case begins in a copy of <c>_base</c> and goes line by line: <c>write FILE</c> and <c>append FILE</c> take the lines
/// below that begin with <c>|</c>; <c>bytes FILE HEX</c> (without: no bytes), <c>fill FILE CHARACTER COUNT</c>,
/// <c>cut FILE COUNT</c> (bytes from the end), <c>crlf FILE</c>, <c>utf16 FILE</c>, <c>link FILE TARGET</c> and
/// <c>delete FILE</c> change files, whose name may have a <c>*</c> where only one fits; <c>recon …</c> runs, where <c>''</c> is an
/// empty word and <c>"…"</c> a word with blanks; <c>exit N</c>,
/// <c>out has TEXT</c>, <c>out lacks TEXT</c> and the same of <c>error</c> look at the last run.
/// </summary>
sealed partial class CliCase(string path, TemporaryFolder folder)
{
    CliResult? _last;

    internal async Task RunAsync()
    {
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (line.Length == 0 || line[0] is '#' or '|')
            {
                continue;
            }

            var block = lines.Skip(i + 1).TakeWhile(next => next.StartsWith('|')).Select(next => next.Length > 2 ? next[2..] : "");
            await StepAsync(line, [.. block]);
        }

        Assert.True(_last is not null, $"{path} runs nothing");
    }

    async Task StepAsync(string line, string[] block)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "recon")
        {
            _last = await WarmCli.RunAsync(folder.Path, [.. Words().Matches(line).Skip(1).Select(WordOf)]);
            Assert.True(_last.ExitCode != 70, $"{line} met a bug:\n{_last.Everything}");
        }
        else if (words[0] is "exit" or "out" or "error")
        {
            Look(line, words);
        }
        else
        {
            Change(words, block);
        }
    }

    static string WordOf(Match word) => word.Value == "''" ? "" : word.Value.Trim('"');

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    void Change(string[] words, string[] block)
    {
        var file = folder.Of(words[1].Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        file = words[1].Contains('*', StringComparison.Ordinal) ? Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file)).Single() : file;
        switch (words[0])
        {
            case "write":
                File.WriteAllText(file, string.Concat(block.Select(text => $"{text}\n")));
                break;
            case "append":
                File.AppendAllText(file, string.Concat(block.Select(text => $"{text}\n")));
                break;
            case "bytes":
                File.WriteAllBytes(file, Convert.FromHexString(words.ElementAtOrDefault(2) ?? ""));
                break;
            case "fill":
                File.AppendAllText(file, new string(words[2][0], int.Parse(words[3], CultureInfo.InvariantCulture)));
                break;
            case "cut":
                File.WriteAllBytes(file, File.ReadAllBytes(file)[..^int.Parse(words[2], CultureInfo.InvariantCulture)]);
                break;
            case "crlf":
                File.WriteAllText(file, File.ReadAllText(file).Replace("\n", "\r\n", StringComparison.Ordinal));
                break;
            case "utf16":
                File.WriteAllText(file, File.ReadAllText(file), Encoding.Unicode);
                break;
            case "bom":
                File.WriteAllText(file, File.ReadAllText(file), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                break;
            case "link":
                File.CreateSymbolicLink(file, words[2]);
                break;
            case "delete":
                File.Delete(file);
                break;
            default:
                Assert.Fail($"{path}: '{words[0]}' is no step");
                break;
        }
    }

    void Look(string line, string[] words)
    {
        Assert.True(_last is not null, $"{path}: '{line}' stands before any run");
        // As it stands, blanks too.
        var wanted = words[0] == "exit" ? words[1] : line.Split(' ', 3)[2];
        var holds = (words[0], words[1]) switch
        {
            ("exit", _) => _last.ExitCode.ToString(CultureInfo.InvariantCulture) == wanted,
            ("out", "has") => _last.Out.Contains(wanted, StringComparison.Ordinal),
            ("out", "lacks") => !_last.Out.Contains(wanted, StringComparison.Ordinal),
            ("error", "has") => _last.Error.Contains(wanted, StringComparison.Ordinal),
            ("error", "lacks") => !_last.Error.Contains(wanted, StringComparison.Ordinal),
            _ => false,
        };
        Assert.True(holds, $"{Path.GetFileName(path)}: {line}\n{_last.Everything}");
    }
}
