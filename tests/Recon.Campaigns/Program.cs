// Campaigns: figures that take longer than a test may.
using System.Globalization;
using Recon.Campaigns;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
const int Books = 100_000;

// The law takes one book in forty: a thousand histories.
const int RollForwardBooks = 40_000;

const int Inputs = 1_000_000;
switch (args)
{
    case ["laws"]:
        return LawCampaign.Run(LawCampaign.All, Books, Random.Shared.Next());
    case ["laws", var books] when int.TryParse(books, out var count) && count > 0:
        return LawCampaign.Run(LawCampaign.All, count, Random.Shared.Next());
    case ["laws", var books, var seed] when int.TryParse(books, out var count) && count > 0 && uint.TryParse(seed, out var from):
        return LawCampaign.Run(LawCampaign.All, count, from);
    case ["roll-forward"]:
        return LawCampaign.Run(LawCampaign.OfRollForward, RollForwardBooks, Random.Shared.Next());
    case ["roll-forward", var seed] when uint.TryParse(seed, out var from):
        return LawCampaign.Run(LawCampaign.OfRollForward, RollForwardBooks, from);
    case ["readers"]:
        return ReaderCampaign.Run(Inputs, Random.Shared.Next());
    case ["readers", var inputs] when int.TryParse(inputs, out var count) && count > 0:
        return ReaderCampaign.Run(count, Random.Shared.Next());
    case ["readers", var inputs, var seed] when int.TryParse(inputs, out var count) && count > 0 && uint.TryParse(seed, out var from):
        return ReaderCampaign.Run(count, from);
    case ["fire", ("postgresql" or "sqlite") and var store]:
        return await FireCampaign.RunAsync(store == "sqlite", TimeSpan.FromMinutes(10), Random.Shared.Next());
    case ["fire", ("postgresql" or "sqlite") and var store, var minutes, var seed]
        when int.TryParse(minutes, out var count) && count > 0 && int.TryParse(seed, out var from):
        return await FireCampaign.RunAsync(store == "sqlite", TimeSpan.FromMinutes(count), from);
    case ["memory"]:
        return await MemoryCampaign.RunAsync(TimeSpan.FromHours(1));
    case ["memory", var minutes] when int.TryParse(minutes, out var count) && count > 0:
        return await MemoryCampaign.RunAsync(TimeSpan.FromMinutes(count));
    default:
        Console.Error.WriteLine("usage: laws [BOOKS [SEED]]     the laws of matching and of whole runs on 100,000 random small books each");
        Console.Error.WriteLine("       roll-forward [SEED]     exposure is rolled forward over 1,000 random histories of several days");
        Console.Error.WriteLine("       readers [INPUTS [SEED]] the readers of YAML, CSV, camt.053 and MT940 on 1,000,000 fuzzed inputs");
        Console.Error.WriteLine("       fire postgresql|sqlite [MINUTES SEED]");
        Console.Error.WriteLine("                               three services on one store, killed and frozen for ten minutes: 500 runs, each recorded once");
        Console.Error.WriteLine("       memory [MINUTES]        a service with a run every minute for an hour: its memory is flat");
        return 64;
}
