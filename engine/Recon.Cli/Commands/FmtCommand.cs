// recon fmt: the one layout of packs, tests and workspaces, with comments kept.
using System.CommandLine;
using System.Text;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Packs;
using Recon.Reports.Checking;
using Recon.Sources.Files;

namespace Recon.Cli.Commands;

static class FmtCommand
{
    const string StandardInput = "-";

    static readonly string[] Files = [OpenedWorkspace.WorkspaceFile, "pack.yaml", "pack.test.yaml"];

    static readonly Argument<string[]> Targets = new("PACK|FILE")
    {
        Description = "Folders with pack.yaml or recon.yaml, or YAML files; '-' reads stdin and writes stdout; default: here",
        Arity = ArgumentArity.ZeroOrMore,
    };

    static readonly Option<bool> Check = new("--check") { Description = "Change nothing; exit 1 where a file would change" };

    internal static Command Create()
    {
        var command = new Verb("fmt",
            "Lays packs, their tests and workspaces out in one way; what they say and their comments stay.",
            "recon fmt rules/card-payments",
            "recon fmt --check rules/card-payments rules/bank-to-ledger",
            "recon fmt - < pack.yaml")
        {
            Targets, Check,
        };
        command.SetAction(Format);
        return command;
    }

    static int Format(ParseResult parsed)
    {
        var targets = parsed.GetValue(Targets)!;
        if (targets is [StandardInput])
        {
            return FormatInput();
        }

        var (wrong, changed) = (false, 0);
        foreach (var file in (targets.Length == 0 ? ["."] : targets).SelectMany(FilesOf))
        {
            var result = FormatFile(file, parsed.GetValue(Check));
            wrong |= result is null;
            changed += result == true ? 1 : 0;
        }

        return wrong || (changed > 0 && parsed.GetValue(Check)) ? ExitCode.PackWrong : ExitCode.Fine;
    }

    // A byte more than a file may have, so that a longer one is refused as such.
    static int FormatInput()
    {
        using var input = Console.OpenStandardInput();
        var bytes = new byte[PackText.MostBytes + 1];
        var length = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (Arranged(new PackText("stdin", bytes.AsMemory(0, length))) is not { } text)
        {
            return ExitCode.PackWrong;
        }

        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(text));
        return ExitCode.Fine;
    }

    // Of a folder what Recon reads of it; of a workspace its packs too.
    static IEnumerable<string> FilesOf(string target)
    {
        if (File.Exists(target))
        {
            return [target];
        }

        var workspace = OpenedWorkspace.Open(target);
        return workspace.Packs.Append(workspace.Directory).Distinct(StringComparer.Ordinal)
            .SelectMany(directory => Files.Select(name => Path.Combine(directory, name))).Where(File.Exists);
    }

    // True where it changes, null where it cannot be laid out.
    static bool? FormatFile(string path, bool isCheck)
    {
        var shown = DisplayPath.Of(Path.GetFullPath(path));
        var before = BoundedFile.Read(path, shown, PackText.MostBytes);
        if (Arranged(new PackText(shown, before)) is not { } text)
        {
            return null;
        }

        if (Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(before))
        {
            return false;
        }

        if (!isCheck)
        {
            new OutputTarget(Reports.ReportFormat.Pretty, path).Write((stream, _) => stream.Write(Encoding.UTF8.GetBytes(text)));
        }

        Console.Out.WriteLine(isCheck ? $"{shown} would change" : $"{shown} changed");
        return true;
    }

    static string? Arranged(PackText pack)
    {
        var arranged = PackArranger.Arrange(pack);
        CheckReport.Write(arranged.Diagnostics, Console.Error);
        if (arranged is { Text: null, Diagnostics.Count: 0 })
        {
            Console.Error.WriteLine($"recon: {pack.Name}: there is no layout of it that says the same; it stays as it is");
        }

        return arranged.Text;
    }
}
