// The laws of normalising, each against any small source.
using System.Globalization;
using CsCheck;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Runs.Normalising;

public sealed class NormalisingLawTests
{
    static readonly string[] Columns = ["id", "amount", "kind"];

    static readonly Gen<PlainRow> Rows =
        Gen.Select(
            Gen.OneOf("a.csv", "b.csv", "c.csv"),
            Gen.OneOf("A", "B", "C", "D", "E", "AA", "Ä", ""),
            Gen.OneOf("1.00", "1.0", "2.00", "-3.5", "x", "", "1."),
            Gen.OneOf("sale", "sale", "sale", "fee", "void", ""),
            (file, id, amount, kind) => new PlainRow(file, id, amount, kind));

    static readonly Gen<PlainRow> GoodRows =
        Gen.Select(
            Gen.OneOf("A", "B", "C", "D", "E", "AA", "Ä"),
            Gen.OneOf("1.00", "2.00"),
            (id, amount) => new PlainRow("old.csv", id, amount, "sale"));

    static readonly Gen<(PlainRow[] Read, PlainRow[] Open, PlainRow[] Settled)> Days =
        Gen.Select(Rows.Array[0, 12], GoodRows.Array[0, 6], Gen.Int[0, 6], (read, earlier, open) =>
        {
            var rows = earlier.DistinctBy(row => row.Id).ToArray();
            return (read, rows[..Math.Min(open, rows.Length)], rows[Math.Min(open, rows.Length)..]);
        });

    static readonly Gen<PlainRow> Twins = Gen.Select(
        Gen.OneOf("A", "A", "B"), Gen.OneOf("1.00", "1.0"), (id, amount) => new PlainRow("a.csv", id, amount, "sale"));

    static readonly CasePack ById = Pack("id: id");

    static readonly CasePack Automatic = Pack("id: auto");

    [Fact]
    public void Every_row_ends_where_the_oracle_says() => Days.Sample(
        day => Assert.Equal(
            NormalisingOracle.Fates(day.Read, day.Open, day.Settled),
            Fates(Normalise(ById, day.Read, day.Open, day.Settled))),
        iter: 2000);

    [Fact]
    public void Rows_are_conserved() => Days.Sample(day =>
    {
        foreach (var pack in new[] { ById, Automatic })
        {
            var counts = Normalise(pack, day.Read, day.Open, day.Settled).Counts;
            Assert.Equal(day.Read.Length, counts.Read);
            Assert.Equal(counts.Read, counts.Rejected + counts.Excluded + counts.Known + counts.New);
            Assert.Equal(day.Open.Length, counts.Carried + counts.CarriedRejected + counts.CarriedReplaced);
        }
    });

    [Fact]
    public void The_order_of_rows_changes_nothing() => Gen.Select(Days, Gen.Int).Sample((day, seed) =>
    {
        foreach (var pack in new[] { ById, Automatic })
        {
            var shuffled = day.Read.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Report(pack, day.Read, day), Report(pack, shuffled, day));
        }
    });

    [Fact]
    public void Cutting_a_file_in_two_changes_nothing() =>
        Gen.Select(Days, Gen.Int[0, 12]).Sample((day, at) =>
    {
        var cut = Cut(day.Read, at);
        Assert.Equal(Report(ById, day.Read, day), Report(ById, cut, day));
        if (FilesDiffer(day.Read) && FilesDiffer(cut))
        {
            Assert.Equal(Report(Automatic, day.Read, day), Report(Automatic, cut, day));
        }
    });

    // Rows that all look alike but for how an amount is written: every cut goes through identical rows.
    [Fact]
    public void Cutting_a_file_through_identical_rows_changes_nothing() =>
        Gen.Select(Twins.Array[2, 12], Twins.Array[0, 4], Twins.Array[0, 4], Gen.Int[1, 11]).Sample((read, open, settled, at) =>
    {
        var day = (read, open, settled);
        var cut = Cut(read, at);
        if (FilesDiffer(cut))
        {
            Assert.Equal(Report(Automatic, read, day), Report(Automatic, cut, day));
        }
    });

    [Fact]
    public void Renaming_files_changes_nothing() => Days.Sample(day =>
    {
        foreach (var pack in new[] { ById, Automatic })
        {
            var renamed = day.Read.Select(row => row with { File = 'z' - row.File[0] + ".txt" }).ToArray();
            Assert.Equal(Report(pack, day.Read, day), Report(pack, renamed, day));
        }
    });

    [Fact]
    public void Delivering_the_same_file_again_adds_nothing() => Days.Sample(day =>
    {
        foreach (var pack in new[] { ById, Automatic })
        {
            var again = day.Read.Select(row => row with { File = "again-" + row.File });
            var once = Normalise(pack, day.Read, day.Open, day.Settled);
            var twice = Normalise(pack, [.. day.Read, .. again], day.Open, day.Settled);
            Assert.Equal(Records(once), Records(twice));
            Assert.Equal(once.Counts.New, twice.Counts.New);
        }
    });

    [Fact]
    public void What_was_settled_is_known_and_what_was_open_stays_open() => Days.Sample(day =>
    {
        foreach (var pack in new[] { ById, Automatic })
        {
            var first = Normalise(pack, day.Read, day.Open, day.Settled);
            var rows = Enumerable.Range(0, first.Records.Count).ToArray();
            var (open, settled) = (rows.Where(row => row % 2 == 0), rows.Where(row => row % 2 == 1));
            var before = Normalise(pack, day.Settled, [], []);
            var second = Normaliser.Normalise(
                new NormalisingInput(
                    pack.Source(),
                    Table(pack, day.Read),
                    [.. open.Select(row => first.CarriedItemOf(row, []))],
                    [AllSettled(before), first.SettledOf([.. settled])],
                    pack,
                    Threads: 1),
                TestContext.Current.CancellationToken);
            Assert.Equal(0, second.Counts.New);
            Assert.Equal(open.Count(), second.Counts.Carried);
        }
    });

    [Fact]
    public void Records_written_out_and_read_as_test_rows_are_the_same_records() => Days.Sample(day =>
    {
        var first = Normalise(ById, day.Read, day.Open, day.Settled).Records;
        var names = first.Source.Fields.Select(field => field.Name).ToArray();
        var table = new RawTable
        {
            Source = CasePack.Name,
            Dialect = Dialect.Canonical,
            ColumnNames = names,
            Columns = [.. first.Columns.Select(
                column => TextColumn.Of(Enumerable.Range(0, first.Count).Select(column.Display)))],
            Count = first.Count,
            IsByField = true,
            Files = [],
        };
        var input = new NormalisingInput(first.Source, table, [], [], ById, Threads: 1);
        Assert.Equal(
            Lines(first), Lines(Normaliser.Normalise(input, TestContext.Current.CancellationToken).Records));
    });

    [Theory]
    [InlineData("id: id")]
    [InlineData("id: auto")]
    public void Threads_and_the_order_of_many_rows_change_nothing(string id)
    {
        var pack = Pack(id);
        var rows = Enumerable.Range(0, 50_000)
            .Select(i => new PlainRow(
                "a.csv",
                $"P{i * 7919 % 49_000:D6}",
                i % 100 == 7 ? "x" : $"{i % 10}.{i % 7}",
                i % 50 == 3 ? "void" : "sale"))
            .ToArray();
        var (open, settled) = (rows[100..200], rows[300..400]);
        var one = CaseReport.Of(Normalise(pack, rows, open, settled), [], [], positions: false);
        Assert.Equal(
            one, CaseReport.Of(Normalise(pack, rows, open, settled, threads: 4), [], [], positions: false));
        Array.Reverse(rows);
        Assert.Equal(
            one, CaseReport.Of(Normalise(pack, rows, open, settled, threads: 4), [], [], positions: false));
    }

    [Fact]
    public void A_rule_that_fails_names_the_same_record_whatever_the_order_of_rows()
    {
        var pack = Pack("id: id");
        pack.Line("derive broken: optional text; rule: fail kind fee");
        PlainRow[] rows =
        [
            new("a.csv", "C", "1.00", "fee"), new("a.csv", "B", "1.00", "fee"), new("a.csv", "A", "1.00", "sale"),
        ];
        foreach (var order in new[] { rows, [.. rows.Reverse()] })
        {
            var failed = Assert.Throws<RuleFailedException>(() => Normalise(pack, order, [], []));
            Assert.Equal("bank:B", failed.Record);
        }
    }

    [Fact]
    public void A_cancelled_run_does_nothing()
    {
        var input = new NormalisingInput(ById.Source(), Table(ById, []), [], [], ById, Threads: 1);
        Assert.ThrowsAny<OperationCanceledException>(() => Normaliser.Normalise(input, new CancellationToken(true)));
    }

    static CasePack Pack(string id)
    {
        var pack = new CasePack();
        pack.Line($"source {id}");
        pack.Line("field id: text");
        pack.Line("field amount: money; currency: EUR");
        pack.Line("field kind: optional text");
        pack.Line("derive copy: text; rule: copy id");
        pack.Line("where kind != void");
        return pack;
    }

    static string Report(
        CasePack pack, PlainRow[] read, (PlainRow[] Read, PlainRow[] Open, PlainRow[] Settled) day) =>
        CaseReport.Of(Normalise(pack, read, day.Open, day.Settled), [], [], positions: false);

    static NormalisedSource Normalise(
        CasePack pack,
        IReadOnlyList<PlainRow> read,
        IReadOnlyList<PlainRow> open,
        IReadOnlyList<PlainRow> settled,
        int threads = 2)
    {
        var (carried, decided) = (First(open), First(settled));
        var input = new NormalisingInput(
            pack.Source(),
            Table(pack, read),
            [.. Enumerable.Range(0, carried.Records.Count).Select(row => carried.CarriedItemOf(row, []))],
            [AllSettled(decided)],
            pack,
            threads);
        return Normaliser.Normalise(input, TestContext.Current.CancellationToken);

        NormalisedSource First(IReadOnlyList<PlainRow> rows) => Normaliser.Normalise(
            new NormalisingInput(pack.Source(), Table(pack, rows), [], [], pack, Threads: 1),
            TestContext.Current.CancellationToken);
    }

    static SettledRecords AllSettled(NormalisedSource normalised) =>
        normalised.SettledOf([.. Enumerable.Range(0, normalised.Records.Count)]);

    static RawTable Table(CasePack pack, IReadOnlyList<PlainRow> given)
    {
        string[] files = [.. given.Select(row => row.File).Distinct().Order(StringComparer.Ordinal)];
        PlainRow[] rows = [.. given.OrderBy(row => Array.IndexOf(files, row.File))];
        return new RawTable
        {
            Source = CasePack.Name,
            Dialect = pack.Dialect,
            ColumnNames = Columns,
            Columns =
            [
                TextColumn.Of(rows.Select(row => row.Id)),
                TextColumn.Of(rows.Select(row => row.Amount)),
                TextColumn.Of(rows.Select(row => row.Kind)),
            ],
            Count = rows.Length,
            Files = [.. files.Select(file => new InputFile(file, HashOf(rows, file), 0))],
            FileOf = [.. rows.Select(row => (ushort)Array.IndexOf(files, row.File))],
            LineOf = new RowLines(rows.Select((_, i) => i + 2)),
        };
    }

    static PlainRow[] Cut(PlainRow[] rows, int at) =>
        [.. rows.Select((row, i) => row with { File = i < at ? row.File : "cut-" + row.File })];

    // Two parts of the same bytes are one file that was delivered twice, not a file that was cut.
    static bool FilesDiffer(PlainRow[] rows)
    {
        var hashes = rows.Select(row => row.File).Distinct().Select(file => HashOf(rows, file)).ToList();
        return hashes.Distinct().Count() == hashes.Count;
    }

    static string HashOf(IEnumerable<PlainRow> rows, string file) =>
        CaseHash.Of(rows.Where(row => row.File == file).Select(row => row.Content));

    static string Fates(NormalisedSource normalised)
    {
        var fates = new List<string>();
        for (var row = 0; row < normalised.Records.Count; row++)
        {
            var state = normalised.Records.Origins.IsCarried(row) ? "carried" : "new";
            var amount = normalised.Records.Money("amount").Money(row)
                .Value.ToString("0.####", CultureInfo.InvariantCulture);
            var kind = normalised.Records.Column("kind").Display(row);
            fates.Add($"{state} {normalised.Records.Id(row)} {amount} {kind}");
        }

        fates.AddRange(Enumerable.Repeat("excluded", normalised.Counts.Excluded));
        fates.AddRange(Enumerable.Repeat("known", normalised.Counts.Known));
        fates.AddRange(
            normalised.Rejects.Select(reject => $"reject {Why(reject.Reason)} {Content(reject.Content)}"));
        return string.Join('\n', fates.Order(StringComparer.Ordinal));
    }

    static string Why(string reason) => reason.StartsWith("field '", StringComparison.Ordinal)
        ? reason["field '".Length..reason.IndexOf("':", StringComparison.Ordinal)]
        : reason[..reason.IndexOfAny([':', ' '])];

    static string Content(string content)
    {
        var cells = content.Split("; ").Where(cell => cell.Length > 0).Select(cell => cell.Split('='))
            .ToDictionary(cell => cell[0], cell => cell[1]);
        return string.Join('|', Columns.Select(name => cells.GetValueOrDefault(name)));
    }

    static string Records(NormalisedSource normalised) => Lines(normalised.Records);

    static string Lines(RecordTable table) => string.Join('\n', Enumerable.Range(0, table.Count).Select(row =>
        table.Id(row) + " " + string.Join(' ', table.Columns.Select(column => column.Display(row)))));
}
