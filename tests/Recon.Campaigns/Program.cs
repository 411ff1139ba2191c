// Campaigns: figures that take longer than a test may.
using System.Globalization;
using Recon.Campaigns;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
const int Books = 100_000;
switch (args)
{
    case ["laws"]:
        return LawCampaign.Run(Books, Random.Shared.Next());
    case ["laws", var books] when int.TryParse(books, out var count) && count > 0:
        return LawCampaign.Run(count, Random.Shared.Next());
    case ["laws", var books, var seed] when int.TryParse(books, out var count) && count > 0 && uint.TryParse(seed, out var from):
        return LawCampaign.Run(count, from);
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
        Console.Error.WriteLine("       fire postgresql|sqlite [MINUTES SEED]");
        Console.Error.WriteLine("                               three services on one store, killed and frozen for ten minutes: 500 runs, each recorded once");
        Console.Error.WriteLine("       memory [MINUTES]        a service with a run every minute for an hour: its memory is flat");
        return 64;
}
