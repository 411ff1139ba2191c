// recon sign-off: two people sign the books of a period, which closes it.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Reports.Sections;
using Recon.Runs.Acting;
using Recon.Runs.SigningOff;

namespace Recon.Cli.Commands;

static class SignOffCommand
{
    const string Usual = "-w examples/card-payments";

    static readonly Argument<string> Pack = new("PACK") { Description = "The id of a pack, as recon runs list has it" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string> PeriodOption = new("--period") { Description = $"The business dates to sign: {Period.Forms}", Required = true };
    static readonly Option<bool> IsUnlocked = new("--unlock") { Description = "Open a signed period again, with --reason: the recorded override" };

    static readonly Option<string[]> Balances = new("--balance")
    {
        Description = "What the ledger says at the end of the period, as \"cash_book=1250.00 EUR\"; repeatable. A review takes those of the preparation",
    };

    static readonly Option<string?> Hash = new("--hash")
    {
        Description = "Signs what has this hash (its first 8 digits are enough); without it nothing is signed, only shown",
    };

    internal static Command Create()
    {
        var verb = new Verb("sign-off", "Shows the books of a period, and signs them: one person prepares, another reviews, then nothing of it is changed.",
            $"recon sign-off payments.card --period 2026-02 {Usual}",
            $"recon sign-off payments.card --period 2026-02 --hash 5d0c2a7e --as anna {Usual}",
            $"recon sign-off payments.card --period 2026-02 --unlock --reason \"a late file of the bank\" --as ben {Usual}")
        {
            Pack, PeriodOption, Balances, Hash, IsUnlocked, ActOptions.OptionalReason, ActOptions.As, ActOptions.Key, Workspace, CommonOptions.Store,
        };
        verb.SetAction(parsed =>
        {
            var period = Period.Parse(parsed.GetValue(PeriodOption)!)
                ?? throw new UsageException($"--period {parsed.GetValue(PeriodOption)}: a period is written as {Period.Forms}");
            var balances = (parsed.GetValue(Balances) ?? []).Select(BalanceOf).ToList();
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var (desk, pack, actor) = (new SignOffDesk(store), parsed.GetValue(Pack)!, ActOptions.ActorOf(parsed, parsed.GetValue(ActOptions.OptionalReason)));
            return parsed.GetValue(IsUnlocked) ? Unlock(desk, pack, period, actor)
                : parsed.GetValue(Hash) is { } hash ? Sign(desk, pack, period, balances, hash, actor)
                : Show(desk, pack, period, balances);
        });
        return verb;
    }

    static GivenBalance BalanceOf(string text) => text.Split('=', 2) is [{ Length: > 0 } source, var amount] && Money.TryParse(amount, out var money)
        ? new GivenBalance(source, money)
        : throw new UsageException($"--balance {text}: a source and an amount, as \"cash_book=1250.00 EUR\"");

    static int Show(SignOffDesk desk, string pack, Period period, List<GivenBalance> balances)
    {
        var (statement, signatures) = desk.Of(pack, period, balances);
        Terminal.Print([.. SignOffSections.Of(statement, signatures)]);
        if (statement.Objection is null && signatures.All(act => act.Kind != ActKind.Certify))
        {
            Console.Error.WriteLine($"recon: nothing is signed by this; 'recon sign-off {pack} --period {period} --hash {statement.Hash}"
                + $"{string.Concat(balances.Select(balance => $" --balance \"{balance}\""))}' signs it");
        }

        return ExitCode.Fine;
    }

    static int Sign(SignOffDesk desk, string pack, Period period, List<GivenBalance> balances, string hash, Actor actor)
    {
        var outcome = desk.Sign(pack, period, balances, hash, actor);
        return ActOptions.Tell(outcome, outcome.Act.Kind == ActKind.Prepare
            ? $"{period} of {pack} is prepared by {outcome.Act.By}: another person must review it"
            : $"{period} of {pack} is signed off by {outcome.Act.By}: nothing up to its end is changed any more");
    }

    static int Unlock(SignOffDesk desk, string pack, Period period, Actor actor) => actor.Reason is null
        ? throw new UsageException("--unlock: say --reason, it stays in the audit chain")
        : ActOptions.Tell(desk.Unlock(pack, period, actor), $"{period} of {pack} is open again, and has to be signed anew");
}
