// recon new: a pack to start from, or one that is proposed by what two files hold.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Proposing;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Sections;

namespace Recon.Cli.Commands;

static class NewCommand
{
    static readonly Argument<string> Name = new("NAME") { Description = "The folder to make; its last part is the id of the pack" };
    static readonly Option<string[]> From = new("--from")
    {
        Description = "Two CSV files: our books, and the other side",
        AllowMultipleArgumentsPerToken = true,
    };

    static readonly Option<string> UsualCurrency = new("--currency")
    {
        Description = "The currency of amounts in files that have no column for it",
        DefaultValueFactory = _ => "EUR",
    };

    static readonly Option<bool> Force = new("--force")
    {
        Description = "Write into a folder that is there; its pack.yaml, pack.test.yaml and recon.yaml are replaced",
    };

    internal static Command Create()
    {
        var command = new Verb("new",
            "Makes a pack to start from; with --from it reads two files, proposes fields, keys and passes, and shows what each pass matches.",
            "recon new my-pack",
            "recon new card-settlement --from ledger.csv provider.csv",
            "recon new bank --from ledger.csv statement.csv --currency CHF")
        {
            Name, From, UsualCurrency, Force,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Make(parsed, cancellation)));
        return command;
    }

    static int Make(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(parsed.GetValue(Name)!);
        var currency = parsed.GetValue(UsualCurrency)!;
        var files = FilesOf(parsed.GetValue(From) ?? []);
        if (!IsoCurrencies.Codes.Contains(currency))
        {
            throw new UsageException($"--currency {currency}: write a code of ISO 4217, such as EUR");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !parsed.GetValue(Force))
        {
            throw new UsageException($"{DisplayPath.Of(folder)}: this is there already; name another folder, or say --force");
        }

        var unfinished = Directory.CreateTempSubdirectory("recon-new-").FullName;
        try
        {
            var (left, right) = Gathered(files, Path.Combine(unfinished, "in"));
            IReadOnlyList<PassMeasure> measures;
            using (var line = new ProgressLine())
            {
                measures = new PackProposer(unfinished, PackIdOf(folder), line.Report, cancellation).Propose(left, right, currency);
            }

            Move(unfinished, folder);
            Tell(folder, left, right, measures);
            if (measures.All(measure => !measure.Pass.Lines.Any(line => line.StartsWith("within", StringComparison.Ordinal))))
            {
                Console.Error.WriteLine("recon: no pass compares amounts: no column of money on the one side faces one on the other; add a within to each");
            }

            return ExitCode.Fine;
        }
        finally
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    static IReadOnlyList<string> FilesOf(string[] named)
    {
        if (named.Length is not (0 or 2))
        {
            throw new UsageException("--from: name two files, our books first");
        }

        return named.FirstOrDefault(file => !File.Exists(file)) is { } missing
                ? throw new ReconException($"--from {missing}: there is no such file", FaultKind.NotFound)
            : named.FirstOrDefault(file => new FileInfo(file).Length == 0) is { } empty
                ? throw new ReconException($"--from {empty}: the file is empty", FaultKind.InputWrong)
            : named;
    }

    // Two files of one name get two names; without files there are those of a small shop.
    static (string Left, string Right) Gathered(IReadOnlyList<string> files, string inputs)
    {
        Directory.CreateDirectory(inputs);
        if (files.Count == 0)
        {
            File.WriteAllText(Path.Combine(inputs, "ledger.csv"), StarterFiles.Ledger);
            File.WriteAllText(Path.Combine(inputs, "bank.csv"), StarterFiles.Bank);
            return ("ledger.csv", "bank.csv");
        }

        var (left, right) = (InputFileName.Of(files[0]), InputFileName.Of(files[1]));
        right = left == right ? $"other-{right}" : right;
        File.Copy(files[0], Path.Combine(inputs, left));
        File.Copy(files[1], Path.Combine(inputs, right));
        return (left, right);
    }

    static string PackIdOf(string folder)
    {
        var letters = Path.GetFileName(folder).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-');
        var id = string.Concat(letters).Trim('-', '.');
        return id.Length > 0 && char.IsAsciiLetter(id[0]) ? id : $"pack-{id}".TrimEnd('-');
    }

    static void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "in"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
        }
    }

    static void Tell(string folder, string left, string right, IReadOnlyList<PassMeasure> measures)
    {
        Terminal.Print(
        [
            new Section(
                "What is proposed, in this order: each pass looks at what the ones before left open",
                [new("pass", IsWhole: true), new($"of {left}", true), new($"of {right}", true), new("for example")],
                [.. measures.Select(measure => (IReadOnlyList<string>)[measure.Pass.Id, .. measure.Shares, string.Join("; ", measure.Samples)])],
                ""),
        ]);
        var shown = DisplayPath.Of(folder);
        Console.Error.WriteLine($"recon: {shown} has the pack, its tests, and the files in {shown}/in");
        Console.Error.WriteLine($"recon: now recon check {shown}; recon test {shown}; recon run {shown}; then read {shown}/pack.yaml,");
        Console.Error.WriteLine("recon: and change what you know better");
    }
}
