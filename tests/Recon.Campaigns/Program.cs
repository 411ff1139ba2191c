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
    case ["fire"]:
        return FireCampaign.Run(TimeSpan.FromMinutes(10), Random.Shared.Next());
    case ["fire", var minutes, var seed] when int.TryParse(minutes, out var count) && count > 0 && int.TryParse(seed, out var from):
        return FireCampaign.Run(TimeSpan.FromMinutes(count), from);
    default:
        Console.Error.WriteLine("usage: laws [BOOKS [SEED]]     the laws of matching and of whole runs on 100,000 random small books each");
        Console.Error.WriteLine("       fire [MINUTES SEED]     three services on one store, killed and frozen for ten minutes: 500 runs, each recorded once");
        return 64;
}
