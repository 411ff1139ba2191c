// The front door of workspace files: recon.yaml in, workspace or diagnostics out.
using Recon.Model;
using Recon.Packs.Binding;
using Recon.Packs.Diagnosing;
using Recon.Packs.Reading;

namespace Recon.Packs;

/// <summary>What differs between environments. Paths are as written: relative ones start at the workspace file.</summary>
/// <param name="Packs">Folders of packs, in the order of the file.</param>
/// <param name="Date">The business date that examples set; null where none is.</param>
/// <param name="Inputs">The folder below which packs read.</param>
/// <param name="Store">The SQLite file, or the name of one of <see cref="Connections"/>.</param>
/// <param name="Calendars">Name → CSV file with a column <c>date</c>; the days in it and weekends are closed.</param>
/// <param name="Accounts">Account → true where it is an asset.</param>
/// <param name="Rates">Name → where a table of exchange rates lies.</param>
/// <param name="Labels">Id of a pack → pairs that its runs are measured against.</param>
public sealed record Workspace(
    IReadOnlyList<string> Packs,
    DateOnly? Date,
    string Inputs,
    string Store,
    IReadOnlyDictionary<string, string> Calendars,
    IReadOnlyDictionary<string, bool> Accounts,
    IReadOnlyDictionary<string, LabelSpec> Labels,
    IReadOnlyDictionary<string, RateSpec> Rates)
{
    /// <summary>Beside the workspace file, where a reader looks first.</summary>
    public const string DefaultInputs = "in";

    /// <summary>In a folder of its own that can be ignored and deleted as one.</summary>
    public const string DefaultStore = ".recon/recon.db";

    /// <summary>How <c>recon serve</c> works on it.</summary>
    public ServeSpec Serve { get; init; } = ServeSpec.Default;

    /// <summary>Where the matches of large runs are kept; null where nothing is said.</summary>
    public EvidenceSpec? Evidence { get; init; }

    /// <summary>For how long matches are kept, by the name of the policy.</summary>
    public IReadOnlyDictionary<string, RetentionSpec> Retention { get; init; } = new Dictionary<string, RetentionSpec>();

    /// <summary>Where postings for books go, by the name of the books, or by pack and name: <c>payments.card/ledger</c>.</summary>
    public IReadOnlyDictionary<string, TargetSpec> Targets { get; init; } = new Dictionary<string, TargetSpec>();

    /// <summary>Databases by name.</summary>
    public IReadOnlyDictionary<string, ConnectionSpec> Connections { get; init; } = new Dictionary<string, ConnectionSpec>();
}

/// <summary>Where a database is, as the workspace file writes it.</summary>
/// <param name="Text">
/// A connection string without password, the path of an SQLite file, or <c>secret:NAME</c>: the environment variable with all of it.
/// </param>
/// <param name="Password">The environment variable with the password; null where <paramref name="Text"/> needs none.</param>
public sealed record ConnectionSpec(DatabaseServer Server, string Text, string? Password)
{
    /// <summary>Begins a value that the host looks up by name when it connects.</summary>
    public const string SecretPrefix = "secret:";

    static readonly Dictionary<string, ConnectionSpec> Everywhere = [];

    /// <summary>How long connecting may take; null for what the driver thinks right.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>How long one question may take; null for the standard of who asks.</summary>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>SQL Server: sources are read under locks that writers wait for, instead of as of one moment.</summary>
    public bool IsSerializable { get; init; }

    /// <summary>Environment → the whole connection there.</summary>
    public IReadOnlyDictionary<string, ConnectionSpec> In { get; init; } = Everywhere;
}

/// <summary>Where postings go: to a file, to an address or into a table.</summary>
/// <param name="File">JSON lines; null where there is an address.</param>
/// <param name="Url">https, or http where it is private; null where there is a file.</param>
/// <param name="Token">The environment variable with a bearer token; null for none.</param>
/// <param name="Timeout">Of one try.</param>
/// <param name="IsPrivate">The address may be one of this machine or of a private network.</param>
public sealed record TargetSpec(string? File, Uri? Url, string? Token, TimeSpan Timeout, bool IsPrivate)
{
    /// <summary>Name of the connection whose <see cref="Table"/> takes postings; null where there is a file or an address.</summary>
    public string? Connection { get; init; }

    /// <summary>A name, or schema and name.</summary>
    public string? Table { get; init; }
}

/// <summary>Where labelled pairs lie.</summary>
/// <param name="Columns">Source → column; empty where columns are named as their sources.</param>
public sealed record LabelSpec(string Path, IReadOnlyDictionary<string, string> Columns);

/// <summary>Where exchange rates lie.</summary>
/// <param name="Base">The currency of which one unit is so many units of the others.</param>
public sealed record RateSpec(string Path, Currency Base);

/// <summary>Where the matches of large runs are kept as files.</summary>
/// <param name="Folder">Null: beside the store.</param>
/// <param name="From">Of runs with so many matches and more, <see cref="Never"/> for none; null: of as many as is usual.</param>
public sealed record EvidenceSpec(string? Folder, long? From)
{
    public const long Never = long.MaxValue;
}

/// <summary>For how long the matches of runs are kept.</summary>
/// <param name="Evidence">In days.</param>
/// <param name="Superseded">In days, of runs that do not stand for their date; null: as of others.</param>
/// <param name="Packs">Ids; empty: of all packs.</param>
public sealed record RetentionSpec(int Evidence, int? Superseded, IReadOnlyList<string> Packs);

/// <summary>What loading found.</summary>
/// <param name="Workspace">Null exactly where <paramref name="Diagnostics"/> has an error.</param>
/// <param name="Diagnostics">Sorted by (line, column, code), at most 100.</param>
public sealed record WorkspaceLoad(Workspace? Workspace, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>Reads a workspace file; what is wrong with it comes back as values, never as an exception.</summary>
public static class WorkspaceLoader
{
    public static WorkspaceLoad Load(PackText text)
    {
        var report = new Report();
        Workspace? workspace = null;
        if (PackFileReader.Read(text, report) is { } file && SyntaxReader.Read(file, report) is { } root)
        {
            workspace = new WorkspaceBinder(report).Bind(root, file.Start);
        }

        return new WorkspaceLoad(report.HasErrors ? null : workspace, report.Sorted());
    }
}
