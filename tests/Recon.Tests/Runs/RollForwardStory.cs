// Makes days of deliveries out of dice: late, corrected, void and repeated records, and files that are delivered again.
namespace Recon.Tests.Runs;

sealed class RollForwardStory
{
    // What was void never comes again: whether what people once decided about it counts then is another story.
    readonly HashSet<string> _void = [];
    int _references;

    /// <summary>What the files of a day said at first, and what they say in the end.</summary>
    /// <param name="events">Three dice each: what happens, on which record, with which amount.</param>
    /// <param name="ledger">As the day begins.</param>
    public (List<Delivery> First, List<Delivery> Last) Day(int[][] events, RollForwardLedger ledger)
    {
        var rows = events.SelectMany(dice => Event(dice, ledger)).ToList();

        // One record once a day, but for repetitions of the whole row.
        var last = rows.GroupBy(row => row.Id).SelectMany(same => same.Where(row => row == same.First())).ToList();
        var without = events.FirstOrDefault(dice => dice[0] % 10 == 9) is { } late ? late[1] : -1;
        return ([.. last.Where((row, i) => without < 0 || (i + without) % 3 != 0)], last);
    }

    IEnumerable<Delivery> Event(int[] dice, RollForwardLedger ledger)
    {
        var (cents, currency) = (1000 + (dice[2] * 7), dice[1] % 5 == 0 ? "USD" : "EUR");
        var open = ledger.Open.Count == 0 ? null : ledger.Open[dice[1] % ledger.Open.Count];
        switch (dice[0] % 10)
        {
            case 0:
                var reference = ++_references;
                return [new Delivery($"L{reference}", cents, currency), new Delivery($"P{reference}", cents + (dice[1] % 9), currency)];
            case 1 or 2:
                var row = new Delivery($"{(dice[1] % 2 == 0 ? "L" : "P")}{++_references}", dice[2] % 4 == 0 ? -cents : cents, currency);
                return dice[2] % 3 == 0 ? [row, row] : [row];
            case 3 or 4 when open is not null && !_void.Contains(open.Partner):
                return [open with { Id = open.Partner, Cents = open.Cents + (dice[2] % 4 == 0 ? dice[2] % 13 : 0) }];
            case 5 when open is not null:
                return [open with { Cents = open.Cents + 1 + (dice[2] % 9) }];
            case 6 when open is not null:
                _void.Add(open.Id);
                return [open with { IsVoid = true }];
            case 7 when open is not null:
                return [open];
            case 8 when ledger.Settled.Count > 0:
                return [ledger.Settled[dice[1] % ledger.Settled.Count]];
            default:
                return [];
        }
    }
}
