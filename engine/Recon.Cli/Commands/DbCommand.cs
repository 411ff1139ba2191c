// recon db: the schema of the store.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Reports.Sections;
using Recon.Store;
using Recon.Store.Servers;
using Recon.Store.Sqlite;

namespace Recon.Cli.Commands;

static class DbCommand
{
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> GrantTo = new("--grant-to")
    {
        Description = "The role (PostgreSQL) or database user or role (SQL Server) that runs packs: it may read and append, no more",
    };

    static readonly Option<string?> GrantPurgeTo = new("--grant-purge-to")
    {
        Description = "The role that purges matches ('recon store purge'): it may read, and delete matches, no more",
    };

    internal static Command Create()
    {
        var migrate = new Verb("migrate",
            "Makes the store, or brings its schema up to date. Forward only: a store of a newer engine is refused.",
            "recon db migrate -w production",
            "recon db migrate -w production --store MIGRATION --grant-to recon_run")
        {
            Workspace, CommonOptions.Store, GrantTo, GrantPurgeTo,
        };
        migrate.SetAction(parsed => Migrate(Opened(parsed), parsed.GetValue(GrantTo), parsed.GetValue(GrantPurgeTo)));
        var status = new Verb("status",
            "Says what was run on the store's schema, and what is missing; exit 2 where something is.",
            "recon db status -w production")
        {
            Workspace, CommonOptions.Store,
        };
        status.SetAction(parsed => Show(StatusOf(Opened(parsed))));
        return new Verb("db", "The schema of the store.") { migrate, status };
    }

    static OpenedWorkspace Opened(ParseResult parsed) =>
        OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store));

    static int Migrate(OpenedWorkspace workspace, string? runRole, string? purgeRole)
    {
        if (workspace.StoreServer is { } server)
        {
            Tell(ServerSchema.Migrate(server, runRole, purgeRole));
            return ExitCode.Fine;
        }

        if ((runRole is not null ? GrantTo : purgeRole is not null ? GrantPurgeTo : null) is { } grant)
        {
            throw new UsageException($"{grant.Name}: an SQLite file has no roles; whoever may write the file may write the store");
        }

        var missing = StatusOf(workspace).Missing;
        workspace.OpenStore().Dispose();
        Tell(missing);
        return ExitCode.Fine;
    }

    static SchemaStatus StatusOf(OpenedWorkspace workspace) => workspace.StoreServer is { } server
        ? ServerSchema.StatusOf(server)
        : SqliteRunStore.SchemaOf(workspace.Store);

    static void Tell(IReadOnlyList<string> scripts)
    {
        foreach (var script in scripts)
        {
            Console.Out.WriteLine($"{script}: done");
        }

        Console.Out.WriteLine(scripts.Count == 0 ? "the schema was up to date" : "the schema is up to date");
    }

    static int Show(SchemaStatus status)
    {
        Terminal.Print([new Section(
            "Schema",
            [new("script", IsWhole: true), new("state")],
            [.. status.Run.Select(script => Row(script, "done")), .. status.Missing.Select(script => Row(script, "missing"))],
            "No scripts.")]);
        return status.IsCurrent ? ExitCode.Fine : ExitCode.Differences;
    }

    static IReadOnlyList<string> Row(string script, string state) => [script, state];
}
