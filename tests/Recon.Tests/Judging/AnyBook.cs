// Makes small books of three sources with any matches between them, for the laws of judging.
using System.Globalization;
using System.Text;
using CsCheck;

namespace Recon.Tests.Judging;

/// <summary>A record: cents and the status that its note asks for.</summary>
sealed record AnyRecord(int Cents, int Status);

/// <param name="Partners">
/// By leg (ledger ~ provider, provider ~ bank, ledger ~ bank): for each record of the second source the record of the
/// first that it is matched with, −1 or beyond the end for none.
/// </param>
sealed record AnyBook(
    AnyRecord[] Ledger, AnyRecord[] Provider, AnyRecord[] Bank, int[][] Partners, bool Triangle)
{
    public static readonly string[] Statuses = ["settled", "expected", "suspicious", "disputed", "loss"];

    public static readonly string[] Sources = ["ledger", "provider", "bank"];

    public static readonly (string Pass, string First, string Second)[] AllLegs =
        [("lp", "ledger", "provider"), ("pb", "provider", "bank"), ("lb", "ledger", "bank")];

    static readonly Gen<AnyRecord[]> Records =
        Gen.Select(Gen.Int[-3, 3], Gen.Int[0, 4], (cents, status) => new AnyRecord(cents, status))
            .Array[0, 5];

    static readonly Gen<int[]> Choices = Gen.Int[-1, 4].Array[5];

    public static readonly Gen<AnyBook> Any = Gen.Select(
        Records, Records, Records, Choices.Array[3], Gen.Bool,
        (ledger, provider, bank, partners, triangle) =>
            new AnyBook(ledger, provider, bank, partners, triangle));

    public (string Pass, string First, string Second)[] Legs => AllLegs[..(Triangle ? 3 : 2)];

    public AnyRecord[] Of(string source) => source switch
    {
        "ledger" => Ledger,
        "provider" => Provider,
        _ => Bank,
    };

    /// <summary>First record → its partners, for those that have any.</summary>
    public IEnumerable<(int First, int[] Seconds)> MatchesOf(int leg) =>
        from second in Enumerable.Range(0, Of(Legs[leg].Second).Length)
        let first = Partners[leg][second]
        where first >= 0 && first < Of(Legs[leg].First).Length
        group second by first into matched
        orderby matched.Key
        select (matched.Key, matched.ToArray());

    public static string Id(string source, int index) =>
        char.ToUpperInvariant(source[0]) + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The book as a case; <paramref name="shuffled"/> turns round whatever has an order that means nothing.</summary>
    public string ToCase(bool shuffled)
    {
        var text = new StringBuilder("date 2026-02-27\n");
        foreach (var source in Sources)
        {
            var role = source == "ledger" ? "books" : "external";
            var rows = Of(source).Select((record, i) =>
                $"  {Id(source, i)}  {Amount(record.Cents)}  {Statuses[record.Status]}\n");
            text.Append($"source {source} {role}\n  id  amount:money  note:text\n".AsSpan());
            text.AppendJoin("", shuffled ? rows.Reverse() : rows);
        }

        text.Append("trust amount: provider.amount, bank.amount\n");
        foreach (var (pass, first, second) in Legs)
        {
            var pair = $"{first}.amount ~ sum({second}.amount)";
            text.Append($"pass {pass}: {first} 1:n {second}\n  {pair}\n".AsSpan());
        }

        var matches = Legs.SelectMany((leg, i) => MatchesOf(i).Select(match =>
            $"match {leg.Pass}: {Id(leg.First, match.First)} ~ "
            + string.Join(", ", match.Seconds.Select(second => Id(leg.Second, second))) + "\n"));
        text.AppendJoin("", shuffled ? matches.Reverse() : matches);
        return text.Append(Rules()).ToString();
    }

    string Rules()
    {
        var rules = Statuses.SelectMany(status =>
            Legs.Select(leg =>
                $"class {leg.Pass}-{status} {status}: match {leg.Pass}\n"
                + $"  when {leg.First}.note is {status}\n")
            .Concat(Legs.SelectMany((leg, i) => new[] { (leg.First, leg.Second), (leg.Second, leg.First) }
                .Select(side => OpenRule(i, side, Array.IndexOf(Statuses, status))))));
        var resolutions = Statuses.Select(status =>
            $"resolve lp-{status} auto\n  limit 0.02 EUR\n  once ledger.id, provider.id\n"
            + "  post ledger debit 1200 credit 7990 amount provider.amount - ledger.amount\n");
        return string.Concat(rules) + "class rest suspicious: otherwise\n" + string.Concat(resolutions);
    }

    /// <summary>What a record is where it is open: on each leg one status graver than its note, round and round.</summary>
    public static int OpenStatus(AnyRecord record, int leg) => (record.Status + leg) % Statuses.Length;

    string OpenRule(int leg, (string Source, string Toward) side, int note)
    {
        var status = Statuses[OpenStatus(new AnyRecord(0, note), leg)];
        return $"class {side.Source}-{Legs[leg].Pass}-{status} {status}: "
            + $"open {side.Source} toward {side.Toward}\n"
            + $"  when {side.Source}.note is {Statuses[note]}\n";
    }

    public static string Amount(int cents) =>
        (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture) + " EUR";
}
