// recon audit: whether the store is as it was written.
using System.CommandLine;
using Recon.Cli.Workspaces;

namespace Recon.Cli.Commands;

static class AuditCommand
{
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();

    internal static Command Create()
    {
        var verify = new Verb("verify",
            "Checks the audit chain and every stored hash; exit 9 where something was changed.",
            "recon audit verify -w examples/card-payments")
        {
            Workspace, CommonOptions.Store,
        };
        verify.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var fault = store.Verify();
            Console.Out.WriteLine(fault ?? "the audit chain and every stored hash are as they were written");
            if (fault is null && store.Purged() is { Count: > 0 } purged)
            {
                Console.Out.WriteLine(StoreCommand.Summary(purged, "were purged by policy, each with its entry in the chain"));
            }

            return fault is null ? ExitCode.Fine : ExitCode.VerificationFailed;
        });
        return new Verb("audit", "The chain of hashes over everything that was recorded.") { verify };
    }
}
