// The folder a command works in: a workspace with recon.yaml, or a bare pack.
using Recon.Cli.Commands;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Assessing;
using Recon.Sandbox;
using Recon.Sources;
using Recon.Sources.Files;
using Recon.Store;
using Recon.Store.Evidence;
using Recon.Store.Schedules;
using Recon.Store.Servers;
using Recon.Store.Sqlite;

namespace Recon.Cli.Workspaces;

/// <summary>Where packs, inputs, store and calendars are, with every path made absolute.</summary>
/// <param name="Packs">Directories of packs.</param>
/// <param name="Accounts">Account → true where it is an asset.</param>
/// <param name="Rates">Name → where a table of exchange rates lies.</param>
/// <param name="Labels">Id of a pack → where its labelled pairs lie.</param>
sealed record OpenedWorkspace(
    string Directory,
    IReadOnlyList<string> Packs,
    DateOnly? Date,
    string Inputs,
    string Store,
    IReadOnlyDictionary<string, BusinessCalendar> Calendars,
    IReadOnlyDictionary<string, bool> Accounts,
    IReadOnlyDictionary<string, LabelSpec> Labels,
    IReadOnlyDictionary<string, RateSpec> Rates)
{
    /// <summary>What the workspace itself is written in: recon.yaml and its calendars.</summary>
    internal IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>How <c>recon serve</c> works on it.</summary>
    internal ServeSpec Serve { get; init; } = ServeSpec.Default;

    /// <summary>For how long matches are kept, by the name of the policy.</summary>
    internal IReadOnlyDictionary<string, RetentionSpec> Retention { get; init; } = new Dictionary<string, RetentionSpec>();

    /// <summary>Where the matches of large runs are kept; null where nothing is said.</summary>
    internal EvidenceSpec? Evidence { get; init; }

    /// <summary>Where postings for books go, by the name of the books, or by pack and name.</summary>
    internal IReadOnlyDictionary<string, TargetSpec> Targets { get; init; } = new Dictionary<string, TargetSpec>();

    /// <summary>The connection that is the store; null where the store is a file.</summary>
    internal string? StoreName { get; init; }

    /// <summary>Databases by name, without what is secret in them.</summary>
    internal IReadOnlyDictionary<string, ConnectionSpec> Connections { get; init; } = new Dictionary<string, ConnectionSpec>();

    /// <summary>The environment whose connections hold; null for what is said of none.</summary>
    internal string? Environment { get; init; } = CommonOptions.UsualEnvironment;

    internal const string WorkspaceFile = "recon.yaml";
    const string PackFile = "pack.yaml";

    /// <param name="store">Wins over what the workspace says: a path from here, or the name of a connection.</param>
    internal static OpenedWorkspace Open(string path, string? store) => Open(path) is var opened && Confined.Current is { } confined ? Closed(opened, confined)
        : store is null ? opened
        : opened.Connections.ContainsKey(store) ? opened with { StoreName = store }
        : opened with { StoreName = null, Store = Path.GetFullPath(store) };

    // Untrusted rules see a copy of the store where there is a file to copy, and no other.
    static OpenedWorkspace Closed(OpenedWorkspace opened, Confined confined)
    {
        if (confined.Order.Store is null && (opened.StoreName is not null || opened.Store != DefaultStore(opened.Directory)))
        {
            Console.Error.WriteLine("recon: untrusted rules are not shown the store of recon.yaml, so nothing is carried forward here; "
                + "a snapshot (--data) has its open items");
        }

        return opened with { StoreName = null, Store = confined.Order.Store ?? Path.Combine(confined.Cell.Scratch, "none.db"), Evidence = null };
    }

    /// <exception cref="ReconException">There is neither a workspace nor a pack.</exception>
    internal static OpenedWorkspace Open(string path)
    {
        var full = Path.GetFullPath(path);
        var directory = File.Exists(full) ? Path.GetDirectoryName(full)! : full;
        if (File.Exists(Path.Combine(directory, WorkspaceFile)))
        {
            return FromWorkspaceFile(directory);
        }

        if (File.Exists(Path.Combine(directory, PackFile)))
        {
            return new OpenedWorkspace(
                directory, [directory], null, directory, DefaultStore(directory), BuiltInCalendars(), new Dictionary<string, bool>(),
                new Dictionary<string, LabelSpec>(), new Dictionary<string, RateSpec>());
        }

        throw new ReconException(
            $"{path}: no {WorkspaceFile} (a workspace) and no {PackFile} (a pack) there", FaultKind.NotFound);
    }

    /// <summary>The tables of rates that a pack names, read from their files.</summary>
    /// <exception cref="ReconException">The workspace has no such rates, or their file cannot be read.</exception>
    internal IReadOnlyDictionary<string, RateTable> RatesOf(Pack pack) => pack.RateNames.ToDictionary(
        name => name,
        name => Rates.TryGetValue(name, out var rates)
            ? RateFile.Read(Inside(Directory, rates.Path, $"rates: {name}"), name, rates.Base)
            : throw new ReconException(
                $"{pack.Id} converts at the rates {name}, and no recon.yaml says where they are: rates: {{ {name}: rates/ecb.csv }}",
                FaultKind.InputWrong));

    /// <summary>The labelled pairs that a command names, else those that the workspace has for the pack; null for none.</summary>
    internal LabelledPairs? LabelsOf(string? asked, string packId, IReadOnlyList<string> sources) =>
        asked is not null ? LabelFile.Read(asked, new Dictionary<string, string>(), sources)
        : Labels.TryGetValue(packId, out var label) ? LabelFile.Read(Inside(Directory, label.Path, $"labels: {packId}"), label.Columns, sources)
        : null;

    /// <summary>A database that the workspace names, ready to be opened.</summary>
    /// <exception cref="ReconException">There is no such connection, or a secret of it is not in the environment.</exception>
    internal Connection ConnectionOf(string name) => Connections.TryGetValue(name, out var spec)
        ? ConnectionSecrets.Complete(name, InEnvironment(spec), Directory)
        : throw new ReconException(
            $"no recon.yaml says where {name} is: connections: {{ {name}: {{ sqlserver: secret:{name} }} }}; {NearestName.Hint(name, [.. Connections.Keys])}",
            FaultKind.InputWrong);

    // A misspelt environment would read the databases of another.
    ConnectionSpec InEnvironment(ConnectionSpec spec)
    {
        string[] known = [.. Connections.Values.SelectMany(connection => connection.In.Keys).Distinct(StringComparer.Ordinal)];
        return Environment is null || known.Length == 0 ? spec
            : known.Contains(Environment) ? spec.In.GetValueOrDefault(Environment, spec)
            : throw new ReconException(
                $"{WorkspaceFile}: no connection says where it is in the environment '{Environment}'; {NearestName.Hint(Environment, known)}",
                FaultKind.InputWrong);
    }

    /// <summary>Reads the sources of its packs; connects to nothing before a run begins to read.</summary>
    internal SourceReader Reader() => new(Inputs, ConnectionOf);

    /// <summary>True where no recon.yaml says what else there is.</summary>
    internal bool IsPackAlone => Files.Count == 0;

    /// <summary>What a pack may name; null where it stands alone.</summary>
    internal IReadOnlyCollection<string>? ConnectionNames => IsPackAlone ? null : [.. Connections.Keys];

    /// <summary>The database of the store; null where it is a file.</summary>
    internal Connection? StoreServer => StoreName is { } name ? ConnectionOf(name) : null;

    /// <summary>True where there is a store that can be read without making one.</summary>
    internal bool HasStore => StoreName is not null || File.Exists(Store);

    /// <param name="lease">How long a claim outlives a process that died; null: as long as is usual.</param>
    internal RunStore OpenStore(TimeSpan? lease = null) =>
        Keeping(StoreServer is { } server ? ServerRunStore.Open(server, lease) : Opened(SqliteRunStore.Open));

    /// <summary>The store of a workspace for commands that only read: without one there is nothing to show.</summary>
    internal RunStore OpenExistingStore() => StoreServer is { } server ? Keeping(ServerRunStore.Open(server))
        : File.Exists(Store) ? Keeping(Opened(SqliteRunStore.OpenToRead))
        : throw new ReconException($"{Directory}: nothing was run here yet (no {Path.GetRelativePath(Directory, Store)})", FaultKind.NotFound);

    /// <summary>The due runs of the workspace, in the database of its store; a file is made or brought up to date where that is needed.</summary>
    internal ScheduleStore OpenSchedule()
    {
        OpenStore().Dispose();
        return StoreServer is { } server ? ScheduleStore.On(server) : ScheduleStore.InFile(Store);
    }

    RunStore Keeping(RunStore store)
    {
        var from = Evidence?.From ?? EvidencePlace.UsualFrom;
        store.Evidence = Evidence?.Folder is { } folder ? new EvidencePlace(folder, from)
            : store.Evidence is { } beside ? beside with { From = from }
            : null;
        return Evidence is null or { From: EvidenceSpec.Never } || store.Evidence is not null
            ? store
            : throw new ReconException(
                $"{WorkspaceFile}: evidence: a store in a database has no folder of its own; name one that all machines see "
                    + "(folder: /mnt/evidence), or say 'from: never'",
                FaultKind.InputWrong);
    }

    SqliteRunStore Opened(Func<string, SqliteRunStore> open)
    {
        var isBlank = SqliteRunStore.IsBlank(Store);
        var store = open(Store);
        if (isBlank)
        {
            Console.Error.WriteLine($"recon: {DisplayPath.Of(Store)} was an empty file; it is a new store now");
        }

        return store;
    }

    static OpenedWorkspace FromWorkspaceFile(string directory)
    {
        var file = Path.Combine(directory, WorkspaceFile);
        var load = WorkspaceLoader.Load(PackFiles.ReadAlone(file));
        DiagnosticPrinter.StopOnErrors(load.Diagnostics);
        var workspace = load.Workspace!;
        var calendars = BuiltInCalendars();
        foreach (var (name, path) in workspace.Calendars)
        {
            calendars[name] = CalendarFile.Read(Inside(directory, path, $"calendars: {name}"), name);
        }

        return new OpenedWorkspace(
            directory,
            [.. workspace.Packs.Select(pack => Path.GetFullPath(Path.Combine(directory, pack)))],
            workspace.Date,
            Path.GetFullPath(Path.Combine(directory, workspace.Inputs)),
            workspace.Connections.ContainsKey(workspace.Store) ? DefaultStore(directory) : Path.GetFullPath(Path.Combine(directory, workspace.Store)),
            calendars,
            workspace.Accounts,
            workspace.Labels,
            workspace.Rates)
        {
            Connections = workspace.Connections,
            Serve = workspace.Serve,
            Targets = workspace.Targets,
            Retention = workspace.Retention,
            Evidence = workspace.Evidence is { Folder: { } folder } there
                ? there with { Folder = Path.GetFullPath(Path.Combine(directory, folder)) }
                : workspace.Evidence,
            StoreName = workspace.Connections.ContainsKey(workspace.Store) ? workspace.Store : null,
            Files = [file, .. workspace.Calendars.Values.Select(path => Path.Combine(directory, path))],
        };
    }

    // A table that cannot be read is quoted in the fault: nothing outside may be.
    static string Inside(string directory, string path, string key)
    {
        var full = Path.Combine(directory, path);
        return RealPath.IsBelow(RealPath.Of(directory), RealPath.Of(full))
            ? full
            : throw new ReconException($"{WorkspaceFile}: {key}: '{path}' leads out of the workspace; copy the file into it", FaultKind.InputWrong);
    }

    static string DefaultStore(string directory) => Path.Combine(directory, ".recon", "recon.db");

    static Dictionary<string, BusinessCalendar> BuiltInCalendars() => new(StringComparer.Ordinal)
    {
        [BusinessCalendar.Target2.Name] = BusinessCalendar.Target2,
        [BusinessCalendar.Weekdays.Name] = BusinessCalendar.Weekdays,
    };
}

/// <summary>Paths as the user would type them.</summary>
static class DisplayPath
{
    internal static string Of(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return (relative.StartsWith("..", StringComparison.Ordinal) && relative.Length > path.Length ? path : relative).Replace('\\', '/');
    }
}
