// Measures what counting costs: the same rules compiled with their budget and without any trace of it.
using System.Diagnostics;
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs;

namespace Recon.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project tests/Recon.Benchmarks -- budget</c>: one thread, both programs in turn, medians of rounds. The bounds are those of
/// the design: 1.10 for a rule of a pair of records, 1.60 for one of groups within groups.
/// </summary>
static class BudgetCost
{
    const int Pairs = 20_000;
    const int GroupRows = 100;
    const int Groups = 4;
    const double MostOfPair = 1.10;
    const double MostOfGroup = 1.60;

    static readonly SourceSpec Ledger = Source("ledger", 0);
    static readonly SourceSpec Bank = Source("bank", 1);

    static readonly string[] OfPairs =
    [
        "ledger.amount.Abs() <= bank.amount.Abs()",
        "Math.Abs(ledger.amount.Value - bank.amount.Value) <= 5m",
        "ledger.note.Contains(\"7\", StringComparison.Ordinal) && bank.amount.Value > 10m",
        "ledger.note.Trim() == bank.note.Trim()",
        "ledger.note + \"/x\" == bank.note",
    ];

    static readonly string[] OfGroups =
    [
        "bank.Sum(b => b.amount.Value) == ledger.amount.Value",
        "bank.Sum(b => b.amount.Value) - bank.Where(b => b.amount.Value > 50m).Sum(b => b.amount.Value) == ledger.amount.Value",
        "bank.All(b => bank.Count(c => c.amount.Value == b.amount.Value) < 100)",
        "bank.Any(b => bank.Any(c => b.amount.Value + c.amount.Value == ledger.amount.Value))",
        "bank.Any(b => bank.Any(c => b.note == c.note && b.amount.Value == 0m - c.amount.Value))",
    ];

    internal static int Run(string[] rounds)
    {
        var count = rounds is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 101;
        Console.WriteLine("| rule | ns without | ns with | ratio, median (quartiles) | of the fastest | bound |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        var isWithin = true;
        foreach (var (rule, isPair) in OfPairs.Select(rule => (rule, true)).Concat(OfGroups.Select(rule => (rule, false))))
        {
            isWithin &= Measure(rule, isPair, count);
        }

        return isWithin ? 0 : 1;
    }

    static bool Measure(string text, bool isPair, int rounds)
    {
        RuleShape shape = isPair ? new RuleShape.OfPair(Ledger, Bank) : new RuleShape.OfGroup(Ledger, Bank);
        RuleToCompile[] rules = [new(new RuleRef("rule", text, new Place("pack.yaml", 1, 1, 1, text)), shape)];
        var compiled = RuleCompiler.Compile(rules, [Ledger, Bank], []);
        using var counted = PackProgram.Load(compiled, []);
        using var bare = PackProgram.Load(UncountedProgram.Compile(rules, compiled.Hash), []);
        var (with, without) = (Work(counted, rules[0].Rule, isPair), Work(bare, rules[0].Rule, isPair));
        for (var warm = 0; warm < 40; warm++)
        {
            Time(with);
            Time(without);
        }

        // Side by side, so that what else the machine does meets both.
        var times = Enumerable.Range(0, rounds).Select(_ => (Without: Time(without), With: Time(with))).ToList();
        var ratios = times.Select(time => time.With / time.Without).Order().ToList();
        var each = isPair ? Pairs : Groups;
        var (ratio, bound) = (ratios[rounds / 2], isPair ? MostOfPair : MostOfGroup);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| `{text}` | {Median(times.Select(time => time.Without)) / each:N1} | {Median(times.Select(time => time.With)) / each:N1} "
            + $"| {ratio:F2} ({ratios[rounds / 4]:F2}–{ratios[rounds * 3 / 4]:F2}) "
            + $"| {times.Min(time => time.With) / times.Min(time => time.Without):F2} | {bound:F2} |"));
        return ratio <= bound;
    }

    static double Median(IEnumerable<double> times) => times.Order().ElementAt(times.Count() / 2);

    static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    static Action Work(PackProgram program, RuleRef rule, bool isPair)
    {
        var (ledger, bank) = (Table(Ledger, Pairs), Table(Bank, Pairs));
        var rows = Enumerable.Range(0, Pairs).ToArray();
        if (isPair)
        {
            var (predicate, kept) = (program.Pair(rule), new bool[Pairs]);
            return () => predicate(ledger, bank, rows, rows, kept);
        }

        var ofGroup = program.Group(rule);
        return () =>
        {
            for (var group = 0; group < Groups; group++)
            {
                ofGroup(ledger, group, bank, rows.AsSpan(group * GroupRows, GroupRows));
            }
        };
    }

    static SourceSpec Source(string name, int index) => new(
        name, index, SourceRole.External, new ReadSpec(ReadFormat.Csv, name + ".csv", MissingIsEmpty: false, Csv: null), "id", null, null,
        [Field("note", FieldKind.Text), Field("amount", FieldKind.Money)], "UTC", null, null, []);

    static FieldSpec Field(string name, FieldKind kind) => new(name, kind, false, name, null, null, [], null, null, null, null, null);

    // Amounts from 1.00 up, so that no two of a group cancel out and every pair is looked at.
    static RecordTable Table(SourceSpec source, int count)
    {
        var (ids, notes, amounts) = (new TextColumnBuilder(), new TextColumnBuilder(), new AmountColumnBuilder(FieldKind.Money));
        for (var row = 0; row < count; row++)
        {
            ids.Append(string.Create(CultureInfo.InvariantCulture, $"{row:D7}"));
            notes.Append(string.Create(CultureInfo.InvariantCulture, $"note {row}"));
            amounts.Append(new ExactNumber(100 + row, 2), Currency.Of("EUR"));
        }

        return new RecordTable(
            source, (TextColumn)ids.Build(), [notes.Build(), amounts.Build()], new RowOrigins([], new byte[count], new int[count], new bool[count]));
    }
}
