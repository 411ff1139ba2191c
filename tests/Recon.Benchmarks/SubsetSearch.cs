// Measures searches for groups that add up: keys with one planted group each, and one record with 40 candidates.
using System.Diagnostics;
using System.Globalization;
using Recon.Benchmarks.WholeRun;
using Recon.Matching;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project tests/Recon.Benchmarks -- search</c>: matching alone, in this process, on one thread, the first
/// run of the process. Amounts are below 1,000,000.00 in 24 candidates and below 10,000.00 (1,000,000 minor units) in 40.
/// </summary>
static class SubsetSearch
{
    const int Amounts24 = 100_000_000;
    const int Amounts40 = 1_000_000;

    internal static int Run(string[] args)
    {
        var keys = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        Measure("24 candidates, planted", keys, candidates: 24, below: Amounts24, Plan());
        Measure("24 candidates, planted, n:m", keys, candidates: 12, below: Amounts24, Plan(Cardinality.ManyToMany));
        Measure("40 candidates, planted", 10, candidates: 40, below: Amounts40, Plan());
        Measure("40 candidates, groups of up to 20", 10, candidates: 40, below: Amounts40, Plan(most: 20));
        Measure("40 candidates, 100,000 steps", 10, candidates: 40, below: Amounts40, Plan(steps: 100_000));
        Measure("one key, 100,000 candidates", 1, candidates: 100_000, below: Amounts24, Plan());
        return 0;
    }

    static PassSpec Plan(Cardinality cardinality = Cardinality.OneToMany, int most = 8, long steps = 10_000_000)
    {
        SourceSpec[] sources = [Source("ledger", 0), Source("bank", 1)];
        var amounts = new Comparison(
            "ledger.amount ~ sum(bank.amount)", Amount("ledger"), Amount("bank"), new AmountTolerance(ExactNumber.Zero, ExactNumber.Zero, null));
        return new PassSpec(
            "search", 0, new LegSpec(0, sources), sources[0], sources[1], cardinality, [new KeyPair("ref", "ref", false)], [amounts],
            TieRule.Ask, Hold: false, null, Nowhere)
        {
            Size = new GroupSize(1, most),
            Search = new SearchSpec(Candidates: 40, steps, Answers: 10, PreferSingle: false),
        };
    }

    static readonly Place Nowhere = new("bench", 1, 1, 1, "");

    static Operand Amount(string source) => new(source, FieldKind.Money, [new Term(false, source, "amount")]);

    static SourceSpec Source(string name, int index) => new(
        name, index, SourceRole.External, new ReadSpec(ReadFormat.Csv, name + ".csv", MissingIsEmpty: false, Csv: null), "id", null, null,
        [Field("id", FieldKind.Text), Field("ref", FieldKind.Text), Field("amount", FieldKind.Money)], "UTC", null, null, []);

    static FieldSpec Field(string name, FieldKind kind) => new(name, kind, true, name, null, null, [], null, null, null, null, null);

    static void Measure(string name, int keys, int candidates, int below, PassSpec pass)
    {
        var chance = new SplitMix(20260301);
        var (ledger, bank) = (new TableRows(pass.Left), new TableRows(pass.Right));
        for (var key = 0; key < keys; key++)
        {
            Plant(key, candidates, below, pass.Cardinality == Cardinality.ManyToMany, chance, ledger, bank);
        }

        var pack = new Pack("bench", "1", null, [], [pass.Left, pass.Right], [pass.Leg], [], [pass], [], [], null, "bench");
        RecordTable[] tables = [ledger.Build(), bank.Build()];
        var options = new MatchOptions(NoCompiledRules.Instance, new Dictionary<string, BusinessCalendar>(), Threads: 1);
        var watch = Stopwatch.StartNew();
        var found = Matcher.Match(pack, tables, MatchScope.Everything(pack), options, CancellationToken.None).Legs[0];
        var took = watch.Elapsed;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-36} {keys,6:N0} keys {took.TotalSeconds,7:F2} s   {found.Count,5:N0} matches, "
            + $"{found.Ambiguous.Count(each => !each.IsCapped),5:N0} ambiguous, "
            + $"{found.Ambiguous.Count(each => each.Cap == CapCause.Steps && each.IsCapped):N0} budget spent, "
            + $"{found.Ambiguous.Count(each => each.Cap == CapCause.Candidates && each.IsCapped):N0} too many candidates"));
    }

    // The one record is the sum of 2 to 8 of the candidates; in n:m there are other records beside it.
    static void Plant(int key, int candidates, int below, bool isBoth, SplitMix chance, TableRows ledger, TableRows bank)
    {
        long[] amounts = [.. Enumerable.Range(0, candidates).Select(_ => 1L + chance.Below(below - 1))];
        var planted = 2 + chance.Below(7);
        ledger.Add(key, 0, amounts.Take(planted).Sum());
        for (var i = 1; isBoth && i < candidates; i++)
        {
            ledger.Add(key, i, 1L + chance.Below(below - 1));
        }

        for (var i = 0; i < candidates; i++)
        {
            bank.Add(key, i, amounts[i]);
        }
    }

    sealed class TableRows(SourceSpec source)
    {
        readonly TextColumnBuilder _ids = new();
        readonly TextColumnBuilder _refs = new();
        readonly AmountColumnBuilder _amounts = new(FieldKind.Money);
        int _count;

        public void Add(int key, int number, long cents)
        {
            _ids.Append(string.Create(CultureInfo.InvariantCulture, $"{key:D7}-{number:D7}"));
            _refs.Append(string.Create(CultureInfo.InvariantCulture, $"{key:D7}"));
            _amounts.Append(new ExactNumber(cents, 2), Currency.Of("EUR"));
            _count++;
        }

        public RecordTable Build()
        {
            var ids = (TextColumn)_ids.Build();
            return new RecordTable(
                source, ids, [ids, _refs.Build(), _amounts.Build()], new RowOrigins([], new byte[_count], new int[_count], new bool[_count]));
        }
    }
}
