// recon serve: runs the packs of a workspace at their hours, until it is stopped.
using System.CommandLine;
using Recon.Cli.Serving;
using Recon.Cli.Workspaces;

namespace Recon.Cli.Commands;

static class ServeCommand
{
    const string Name = "serve";

    static readonly Argument<string> Workspace = CommonOptions.Workspace();
    static readonly PackOpener Packs = new();
    static readonly Option<string?> Node = new("--node") { Description = "Its name among the services that share a store (RECON_NODE)" };
    static readonly Option<string?> Listen = new("--listen")
    {
        Description = "Address and port of /health/live and /health/ready, or none (RECON_LISTEN); default: 127.0.0.1:8087",
    };

    static readonly Option<string?> Parallel = new("--parallel") { Description = "How many runs at once (RECON_PARALLEL); default: 2" };

    internal static Command Create()
    {
        var serve = new Verb(Name,
            "Runs the packs of a workspace at the hours of their schedules; writes one line of JSON for each event.",
            "recon serve examples/production", "recon serve /srv/recon --env prod --listen 127.0.0.1:9000 --parallel 4")
        {
            Workspace, Packs.Environment, Packs.Parameters, Node, Listen, Parallel, CommonOptions.Memory,
        };
        serve.SetAction(ServeAsync);
        return serve;
    }

    /// <summary>True where the words ask for the service: it ends itself when it is told to, for a run in progress needs its time.</summary>
    internal static bool IsAsked(ParseResult parsed) => parsed.CommandResult.Command.Name == Name;

    static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var given = new Dictionary<string, string?>
        {
            ["RECON_NODE"] = parsed.GetValue(Node),
            ["RECON_LISTEN"] = parsed.GetValue(Listen),
            ["RECON_PARALLEL"] = parsed.GetValue(Parallel),
            ["RECON_MEMORY"] = parsed.GetValue(CommonOptions.Memory),
        };
        using var service = new Service(
            parsed.GetValue(Workspace)!,
            CommonOptions.PackOptionsOf(parsed.GetValue(Packs.Environment), parsed.GetValue(Packs.Parameters) ?? [], []),
            spec => ServeSettings.Of(spec, given, Environment.GetEnvironmentVariable),
            Console.Out,
            cancellation);
        await service.RunAsync();
        return ExitCode.Fine;
    }
}
