// recon audit: whether the store is as it was written.
using System.CommandLine;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Store;

namespace Recon.Cli.Commands;

static class AuditCommand
{
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();

    static readonly Option<string?> Head = new("--head")
    {
        Description = "What 'recon audit head' said once, SEQ:HASH: the chain must still have that entry",
        HelpName = "seq:hash",
    };

    internal static Command Create() => new Verb("audit", "The chain of hashes over everything that was recorded.")
    {
        CreateVerify(), CreateHead(),
    };

    static Verb CreateHead()
    {
        var head = new Verb("head",
            "Prints the last entry of the audit chain, to be kept elsewhere: 'recon audit verify --head' then finds an end that was cut off.",
            "recon audit head -w examples/card-payments")
        {
            Workspace, CommonOptions.Store,
        };
        head.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            Console.Out.WriteLine(store.LastAudit() ?? throw new ReconException("nothing was recorded yet", FaultKind.NotFound));
            return ExitCode.Fine;
        });
        return head;
    }

    static AuditHead? HeadOf(string? text) => text is null ? null
        : AuditHead.TryParse(text, out var head) ? head
        : throw new UsageException($"--head {text}: this is not SEQ:HASH, as 'recon audit head' prints it");

    static Verb CreateVerify()
    {
        var verify = new Verb("verify",
            "Checks the audit chain and every stored hash; exit 9 where something was changed.",
            "recon audit verify -w examples/card-payments")
        {
            Workspace, CommonOptions.Store, Head,
        };
        verify.SetAction(parsed =>
        {
            var kept = HeadOf(parsed.GetValue(Head));
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var fault = store.Verify() ?? (kept is null ? null : store.FaultSince(kept));
            Console.Out.WriteLine(fault ?? "the audit chain and every stored hash are as they were written");
            if (fault is null && store.Purged() is { Count: > 0 } purged)
            {
                Console.Out.WriteLine(StoreCommand.Summary(purged, "were purged by policy, each with its entry in the chain"));
            }

            return fault is null ? ExitCode.Fine : ExitCode.VerificationFailed;
        });
        return verify;
    }
}
