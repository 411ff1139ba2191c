// Runs a command of recon in a confined process: gives it what it needs, takes from it what it wrote, says how it ended.
using System.CommandLine;
using Recon.Cli.Commands;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports;
using Recon.Sandbox;
using Recon.Sources.Files;
using Recon.Store.Evidence;
using Recon.Store.Sqlite;

namespace Recon.Cli.Confining;

/// <summary>One command. The words of the command line are the user's own, and trusted; what lies in the folders that they name is not.</summary>
sealed class ConfinedCommand(ParseResult parsed, IReadOnlyList<string> arguments)
{
    const long FileBytes = 8L << 30;

    // To check and to test is small work; a plan reads real inputs.
    static readonly TimeSpan SmallWork = TimeSpan.FromMinutes(3);
    static readonly TimeSpan GreatWork = TimeSpan.FromMinutes(30);
    const long SmallHeap = 512L << 20;
    const long GreatHeap = 4L << 30;

    // The longest that one rule, or the compilation of all, may take.
    static readonly TimeSpan SmallStill = TimeSpan.FromSeconds(60);
    static readonly TimeSpan GreatStill = TimeSpan.FromMinutes(5);

    static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };

    readonly List<IDisposable> _held = [];

    bool IsSmall => parsed.CommandResult.Command.Name is "check" or "test";

    /// <summary>The exit code of the command, or that of its death.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var process = new ConfinedProcess();
        try
        {
            var order = new CellOrder(Bases(), CopyOfStore(process.Cell), IsSmall ? SmallWork : GreatWork, FileBytes);
            MakeFoldersOfOutputs();
            using var output = Console.OpenStandardOutput();
            using var error = Console.OpenStandardError();
            var end = await process.RunAsync(Confinement(order, process.Cell), order, output, error, cancellation);
            TakeOutputs(process.Cell);
            return end.Ended is null ? end.ExitCode : Died(end);
        }
        finally
        {
            _held.ForEach(held => held.Dispose());
        }
    }

    int Died(ConfinedEnd end)
    {
        var at = end.AtWork.Length == 0 ? "" : $" while {end.AtWork}";
        Console.Error.WriteLine($"recon: the process of the untrusted rules was ended{at}: {end.Ended}; what came behind it was not run");
        return IsSmall ? ExitCode.PackWrong : ExitCode.RuleFailed;
    }

    Confinement Confinement(CellOrder order, Cell cell)
    {
        var roots = Roots;
        var named = Words("--base").Concat(Words("--data")).Concat(Words("--labels")).Where(Path.Exists).Select(RealPath.Of);
        var evidence = cell.Directory.Length > 0 && order.Store is not null ? [EvidenceOf(StorePath!)] : Array.Empty<string>();
        return new Confinement(
            Path.Combine(AppContext.BaseDirectory, "recon.dll"),
            arguments,
            [
                .. roots.SelectMany(Visible), .. Targets.Where(target => IsOwn(target, SnapshotsOf(target))).Select(SnapshotsOf), .. named, .. evidence,
                .. order.Bases.Values.Select(given => given.Directory).Where(directory => directory.Length > 0),
            ],
            roots,
            IsSmall ? SmallHeap : GreatHeap,
            IsSmall ? SmallWork : GreatWork,
            IsSmall ? SmallStill : GreatStill,
            VariablesToHandOn());
    }

    // Names of an environment are no secret; nothing else of ours is handed on.
    static Dictionary<string, string> VariablesToHandOn() =>
        CommonOptions.UsualEnvironment is { } named ? new() { ["RECON_ENV"] = named } : [];

    IReadOnlyList<string> Targets
    {
        get
        {
            var words = parsed.CommandResult.Command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? [])
                .Select(token => token.Value).ToList();
            return [.. (words.Count == 0 ? ["."] : words).Select(RealPath.Of).Select(FolderOf).Distinct(StringComparer.Ordinal)];
        }
    }

    // A pack or workspace may be named by its file.
    static string FolderOf(string path) => File.Exists(path) ? Path.GetDirectoryName(path)! : path;

    IEnumerable<string> Words(string option) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(known => known.Name == option) is { } known && parsed.GetResult(known) is { } result
            ? result.Tokens.Select(token => token.Value)
            : [];

    // What begins with a dot is not rules: .git has the token of a checkout, .env the secrets of a developer.
    static IEnumerable<string> Visible(string root) => Directory.Exists(root)
        ? Directory.EnumerateFileSystemEntries(root).Where(entry => !Path.GetFileName(entry).StartsWith('.')).Where(entry => IsBelow(root, entry))
        : [];

    // A link in a checkout may lead anywhere.
    static bool IsBelow(string root, string entry) => RealPath.IsBelow(root, RealPath.Of(entry));

    IReadOnlyList<string> Roots => [.. Targets.Select(Checkout.Of).Distinct(StringComparer.Ordinal)];

    static string SnapshotsOf(string target) => Path.Combine(target, ".recon", "snapshots");

    static string EvidenceOf(string store) => EvidencePlace.Beside(store).Folder;

    // Git is another program, which a confined process cannot start: what it says is asked for here.
    Dictionary<string, GivenBase> Bases()
    {
        var bases = new Dictionary<string, GivenBase>(StringComparer.Ordinal);
        foreach (var asked in Words("--base"))
        {
            foreach (var directory in Targets.SelectMany(PackFolders))
            {
                var rules = BaseRules.Of(asked, directory);
                _held.Add(rules);
                bases[directory] = new GivenBase(rules.Directory, rules.Name, rules.Commit, rules.IsNew, rules.AuthorsOf(directory));
            }
        }

        return bases;
    }

    // The folder itself, or those that its workspace may name.
    static IEnumerable<string> PackFolders(string target) => File.Exists(Path.Combine(target, OpenedWorkspace.WorkspaceFile))
        ? Directory.EnumerateFiles(Checkout.Of(target), "pack.yaml", Deep).Select(file => RealPath.Of(Path.GetDirectoryName(file)!))
        : [target];

    string? StorePath => parsed.CommandResult.Command.Options.Contains(CommonOptions.Store)
        ? Words("--store").FirstOrDefault(File.Exists) ?? Targets.Select(OwnStore).FirstOrDefault(File.Exists)
        : null;

    // A link that came with the checkout would show the untrusted rules what another workspace recorded.
    static string OwnStore(string target)
    {
        var store = Path.Combine(target, ".recon", "recon.db");
        return IsOwn(target, store) && IsOwn(target, EvidenceOf(store)) ? store
            : throw new ReconException($"{DisplayPath.Of(store)}: a link leads out of the checkout of the untrusted rules; name the store with --store",
                FaultKind.InputWrong);
    }

    static bool IsOwn(string target, string path) => Checkout.Holds(Checkout.Of(target), path);

    // What is recorded is read from a copy: a database file is changed by whoever opens it.
    string? CopyOfStore(Cell cell)
    {
        if (IsSmall || StorePath is not { } store)
        {
            return null;
        }

        var copy = Path.Combine(cell.Scratch, "recon.db");
        SqliteRunStore.Copy(store, copy);
        if (Directory.Exists(EvidenceOf(store)))
        {
            Directory.CreateSymbolicLink(EvidenceOf(copy), Path.GetFullPath(EvidenceOf(store)));
        }

        return copy;
    }

    void MakeFoldersOfOutputs()
    {
        foreach (var path in AskedOutputs)
        {
            Checkout.DemandWithoutLinks(Roots, path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    IEnumerable<string> AskedOutputs => Words("--out")
        .Select(word => word.Contains('=', StringComparison.Ordinal) ? word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..] : "-")
        .Where(path => path is not ("-" or ""));

    // What the process says of where a file belongs is believed only where the user asked for just that.
    void TakeOutputs(Cell cell)
    {
        foreach (var asked in AskedOutputs)
        {
            foreach (var written in CellOutputs.WrittenFor(cell, asked))
            {
                Checkout.DemandWithoutLinks(Roots, written.Path);
                new OutputTarget(ReportFormat.Pretty, written.Path).Write((stream, _) => written.CopyTo(stream));
            }
        }
    }
}
