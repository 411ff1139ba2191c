// recon snapshot: inputs of a date, frozen, so that changes of rules are tried where the data itself may not go.
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recon.Cli.Outputs;
using Recon.Cli.Planning;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Runs;
using Recon.Runs.Freezing;
using Recon.Runs.Ports;
using Recon.Runs.Testing;
using Recon.Sources.Snapshots;

namespace Recon.Cli.Commands;

static class SnapshotCommand
{
    const int LeastKeyCharacters = 16;

    static readonly Argument<string> Target = CommonOptions.Workspace();
    static readonly Argument<string> From = new("FROM") { Description = "A folder with a snapshot, or a folder of snapshots such as a share" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> Date = CommonOptions.Date();
    static readonly PackOpener Packs = new();
    static readonly Option<int> Threads = CommonOptions.Threads();
    static readonly Option<string?> Name = new("--name") { Description = "What it is called; default: the pack and the date" };
    static readonly Option<string?> Into = new("--into") { Description = "The folder in which it is made; default: .recon/snapshots of the workspace" };
    static readonly Option<bool> Mask = new("--mask")
    {
        Description = "Hide what texts say: each word becomes another of its shape, everywhere the same; amounts and days stay",
    };

    static readonly Option<string?> Key = new("--key")
    {
        Description = "With --mask: the environment variable that holds the key, so that several snapshots hide a word alike; default: a key nobody keeps",
    };

    static readonly Option<string?> Sample = new("--sample")
    {
        Description = "About how much of it to keep, as 10%: records that belong together stay together",
    };

    internal static Command Create()
    {
        var group = new Command("snapshot", "Frozen inputs for plans: makes, lists and copies them.");
        group.Subcommands.Add(CreateMake());
        group.Subcommands.Add(CreateList());
        group.Subcommands.Add(CreatePull());
        return group;
    }

    static Verb CreateMake()
    {
        var make = new Verb("make",
            "Freezes what a run of the date would begin from: the rows of every source, and the open items.",
            "recon snapshot make examples/card-payments --mask",
            "recon snapshot make . --date 2026-02-27 --mask --key RECON_MASK_KEY --sample 10% --name month-end",
            "recon plan . --base main --data month-end")
        {
            Target, Date, Packs.Environment, Packs.Parameters, Name, Into, Mask, Key, Sample, Threads, CommonOptions.Store,
        };
        make.SetAction((parsed, cancellation) => Task.FromResult(Make(parsed, cancellation)));
        return make;
    }

    static Verb CreateList()
    {
        var list = new Verb("list", "Lists the snapshots of a workspace.", "recon snapshot list -w examples/card-payments") { Workspace };
        list.SetAction(parsed =>
        {
            var folder = PlanInputs.SnapshotsOf(OpenedWorkspace.Open(parsed.GetValue(Workspace)!));
            var all = Snapshot.AllIn(folder);
            foreach (var snapshot in all)
            {
                Console.Out.WriteLine(LineOf(snapshot.Manifest));
            }

            if (all.Count == 0)
            {
                Console.Error.WriteLine($"recon: no snapshots in {DisplayPath.Of(folder)}; recon snapshot make makes one");
            }

            return ExitCode.Fine;
        });
        return list;
    }

    static Verb CreatePull()
    {
        var pull = new Verb("pull",
            "Copies a snapshot, or all that are missing, into the workspace, and proves every hash.",
            "recon snapshot pull /mnt/snapshots/month-end",
            "recon snapshot pull /mnt/snapshots -w examples/card-payments")
        {
            From, Workspace,
        };
        pull.SetAction(parsed =>
        {
            var own = PlanInputs.SnapshotsOf(OpenedWorkspace.Open(parsed.GetValue(Workspace)!));
            var from = parsed.GetValue(From)!;
            IReadOnlyList<Snapshot> found = File.Exists(Path.Combine(from, SnapshotManifest.FileName)) ? [Snapshot.Open(from)] : Snapshot.AllIn(from);
            if (found.Count == 0)
            {
                throw new ReconException($"{from}: there is no snapshot in it", FaultKind.NotFound);
            }

            foreach (var snapshot in found)
            {
                Pull(snapshot, own);
            }

            return ExitCode.Fine;
        });
        return pull;
    }

    static void Pull(Snapshot snapshot, string own)
    {
        var name = snapshot.Manifest.Name;
        DemandName(name);
        var place = Path.Combine(own, name);
        if (!Path.Exists(place))
        {
            snapshot.CopyTo(place);
            Console.Out.WriteLine(LineOf(snapshot.Manifest));
        }
        else if (Snapshot.Open(place).Manifest.ToJson().AsSpan().SequenceEqual(snapshot.Manifest.ToJson()))
        {
            Console.Error.WriteLine($"recon: {name} is here already");
        }
        else
        {
            throw new ReconException($"{DisplayPath.Of(place)}: there is another snapshot of this name; delete it first", FaultKind.InputWrong);
        }
    }

    static int Make(ParseResult parsed, CancellationToken cancellation)
    {
        CommonOptions.CheckThreads(parsed.GetValue(Threads));
        var share = ShareOf(parsed.GetValue(Sample));
        var key = KeyOf(parsed);
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Target)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
        if (workspace.Packs.Count > 1 && parsed.GetValue(Name) is not null)
        {
            throw new UsageException("--name: the workspace has several packs; name one of them, or leave the name out");
        }

        using IDisposable? opened = workspace.HasStore ? workspace.OpenExistingStore() : null;
        var store = (IRunStore?)opened ?? new MemoryRunStore();
        foreach (var directory in workspace.Packs)
        {
            MakeOf(parsed, workspace, directory, store, key, share, cancellation);
        }

        return ExitCode.Fine;
    }

    static void MakeOf(
        ParseResult parsed, OpenedWorkspace workspace, string directory, IRunStore store, byte[]? key, int? share, CancellationToken cancellation)
    {
        using var loaded = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
        var pack = loaded.Pack!;
        var date = RunCommand.BusinessDateOf(parsed.GetValue(Date), workspace, pack);
        var name = parsed.GetValue(Name) ?? string.Create(CultureInfo.InvariantCulture, $"{pack.Id}-{date:yyyy-MM-dd}");
        DemandName(name);
        FrozenInputs inputs;
        using (var line = new ProgressLine())
        {
            var request = RunCommand.RequestOf(workspace, loaded, date, parsed.GetValue(Threads), queuesPostings: true);
            (inputs, var decided) = new Runner(workspace.Reader(), store, line.Report).Freeze(request, cancellation);
            inputs = Prepared(inputs, decided, key, share, pack.Canonical);
        }

        var place = Path.Combine(parsed.GetValue(Into) ?? PlanInputs.SnapshotsOf(workspace), name);
        var made = Snapshot.Write(place, name, inputs, pack.Version, key is not null, share, cancellation);
        Console.Out.WriteLine(LineOf(made.Manifest));
        Console.Error.WriteLine($"recon: it is in {DisplayPath.Of(Path.GetFullPath(place))}; recon plan --data reads it");
    }

    // The share is taken first: who belongs to whom is known by the true names.
    static FrozenInputs Prepared(FrozenInputs inputs, DecidedRun decided, byte[]? key, int? share, string rules)
    {
        if (key is null)
        {
            return share is { } percent ? SampledInputs.Of(inputs, decided, percent) : inputs;
        }

        using var mask = new TextMask(key, [rules]);
        return MaskedInputs.Of(inputs, decided, mask, share ?? 100);
    }

    static byte[]? KeyOf(ParseResult parsed)
    {
        if (parsed.GetValue(Key) is not { } variable)
        {
            return parsed.GetValue(Mask) ? RandomNumberGenerator.GetBytes(32) : null;
        }

        return !parsed.GetValue(Mask) ? throw new UsageException("--key: it is the key of a mask; say --mask too")
            : Environment.GetEnvironmentVariable(variable) is { Length: >= LeastKeyCharacters } key ? Encoding.UTF8.GetBytes(key)
            : throw new UsageException($"--key {variable}: the environment variable is not set, or shorter than {LeastKeyCharacters} characters");
    }

    static int? ShareOf(string? text) => text is null ? null
        : int.TryParse(text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share is >= 1 and <= 100 ? share
        : throw new UsageException($"--sample {text}: write a share from 1% to 100%");

    static void DemandName(string name)
    {
        if (name.Length is 0 or > 100 || name[0] == '.' || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.')))
        {
            throw new UsageException($"the name '{name}': up to 100 letters, digits, '-', '_' and '.', the first no '.'");
        }
    }

    static string LineOf(SnapshotManifest manifest) => string.Create(CultureInfo.InvariantCulture,
        $"{manifest.Name}  {manifest.Pack} {manifest.PackVersion}  {manifest.BusinessDate:yyyy-MM-dd}  {manifest.Rows} rows, {manifest.OpenItems} open items"
        + $"{(manifest.Masked ? ", masked" : "")}{(manifest.Sample is { } share ? $", {share} %" : "")}");
}
