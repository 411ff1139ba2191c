// Rows that do not stay in memory give what rows in memory give.
using CsCheck;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Sources;
using Recon.Store.Spilling;
using Recon.Tests.Laws;
using Recon.Tests.Sources;
using Xunit;

namespace Recon.Tests.Runs.Normalising;

public sealed class FieldIntakeLaws
{
    const long Seed = 7;

    static readonly string[] Header = ["id", "name", "note", "amount", "currency", "booked", "more"];

    static readonly Gen<string>[] Cells =
    [
        Gen.Int[0, 60].Select(number => number == 0 ? "" : $"A{number}"),
        OneOf("", "Ann", "\"Bo, \"\"B\"\"\"", "\"two\nlines\"", "x", new string('n', 40)),
        OneOf("", " a b ", "c", new string('o', 70)),
        OneOf(
            "1.00", "2", "-3.125", "123456789012345678901234567890.5", "", "none", "-0", "007.10", "999999999999999999",
            "1000000000000000000", ".5", "5.", "+1", "- 1", " 4.20 ", "1.2.3", "-", "8 EUR"),
        OneOf("EUR", "USD", "JPY", "", "E"),
        OneOf("2026-02-27", "2026-02-28", "", "27.2."),
        OneOf("", "m", "\"\""),
    ];

    static readonly Gen<string> Row = Gen.Select(Cells[0], Cells[1], Cells[2], Cells[3], Gen.Select(Cells[4], Cells[5], Cells[6]))
        .Select((id, name, note, amount, rest) => string.Join(',', id, name, note, amount, rest.Item1, rest.Item2, rest.Item3));

    static readonly Gen<string> File = Gen.Select(Gen.Bool, OneOf("\n", "\r\n"), Row.Array[0, 40]).Select((hasBom, end, rows) =>
        (hasBom ? "\uFEFF" : "") + string.Concat(rows.Prepend(string.Join(',', Header)).Select(row => row.Replace("\n", end, StringComparison.Ordinal) + end)));

    [Fact]
    public void Records_are_the_same_whether_their_rows_stay_in_memory_or_not() =>
        Gen.Select(File, File, Gen.Int[0, 3], Gen.Select(Gen.Bool, Gen.Bool)).Holds(
            (first, second, doublings, coins) =>
            {
                using var inputs = new InputFiles();
                inputs.Write("a.csv", first);
                inputs.Write("b.csv", second);
                var pack = Pack(isAuto: coins.Item1);
                var expected = Told(Normalised(pack, new FileSourceReader(inputs.Root), isTaken: false));
                var reader = new FileSourceReader(inputs.Root) { LargeBytes = 0, LargeWindow = 64 << doublings };
                Assert.Equal(expected, Told(Normalised(pack, reader, isTaken: true, isRead: coins.Item2)));
                using var memory = new SpillingMemory(limit: 0, arrays: 0, inputs.Root);
                Assert.Equal(expected, Told(Normalised(pack, reader, isTaken: true, isRead: coins.Item2, memory)));
            },
            oneIn: 10);

    // Each piece of memory fails once: it ends with that fault, and it ends.
    [Fact]
    public async Task Memory_that_cannot_be_had_is_a_fault_wherever_it_is_taken()
    {
        using var inputs = new InputFiles();
        var rows = Enumerable.Range(0, 60).Select(i => $"A{i},Ann,n,{i}.25,{(i % 2 == 0 ? "EUR" : "USD")},2026-02-27,m\n");
        inputs.Write("a.csv", string.Join(',', Header) + "\n" + string.Concat(rows));
        for (var pieces = 0; ; pieces++)
        {
            var memory = new ScarceMemory(pieces);
            var reader = new FileSourceReader(inputs.Root) { LargeBytes = 0, LargeWindow = 256 };
            var work = Task.Run(() => Normalised(Pack(isAuto: false), reader, isTaken: true, memory: memory), TestContext.Current.CancellationToken);
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
            Assert.True(work.IsCompleted, $"it hangs where {pieces} pieces of memory can be had");
            if (!memory.IsSpent)
            {
                await work;
                Assert.True(pieces > 5);
                return;
            }

            Assert.Equal("no room", Assert.IsType<ReconException>(work.Exception!.InnerException).Message);
        }
    }

    [Fact]
    public void A_file_that_is_deleted_meanwhile_does_no_harm()
    {
        using var inputs = new InputFiles();
        inputs.Write("a.csv", string.Join(',', Header) + "\nA1,Ann,,1.00,EUR,2026-02-27,m\n");
        var found = Normalised(Pack(isAuto: false), new FileSourceReader(inputs.Root) { LargeBytes = 0 }, isTaken: true);
        System.IO.File.Delete(inputs.On("a.csv"));
        Assert.Contains(new KeyValuePair<string, string>("name", "Ann"), found.Cells(0));
    }

    [Fact]
    public void A_row_is_not_read_again_from_a_file_that_changed()
    {
        using var inputs = new InputFiles();
        inputs.Write("a.csv", string.Join(',', Header) + "\nA1,Ann,,1.00,EUR,2026-02-27,m\n");
        var found = Normalised(Pack(isAuto: false), new FileSourceReader(inputs.Root) { LargeBytes = 0 }, isTaken: true);
        inputs.Write("a.csv", string.Join(',', Header) + "\nA1,Bob,,1.00,EUR,2026-02-27,mm\n");
        var fault = Assert.Throws<ReconException>(() => found.Cells(0));
        Assert.Equal((FaultKind.InputMissing, true), (fault.Kind, fault.IsTransient));
    }

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    // All texts are asked whether they are equal; or read, too.
    static NormalisedSource Normalised(CasePack pack, FileSourceReader reader, bool isTaken, bool isRead = false, ColumnMemory? memory = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var source = pack.Source() with { Read = new ReadSpec(ReadFormat.Csv, "*.csv", MissingIsEmpty: false, SourceCases.Csv) };
        var asked = new AskedFields(isRead ? Header.ToHashSet() : new HashSet<string> { "id", "amount" }, new HashSet<string> { "name", "note" });
        using var intake = new FieldIntake(source, asked, wantsContents: true, Seed, memory ?? ColumnMemory.Arrays, cancellation);
        var request = new ReadRequest("pack", SourceCases.Date)
        {
            Intake = isTaken ? intake.Take : null,
            Threads = 2,
            Memory = memory ?? ColumnMemory.Arrays,
        };
        var table = reader.Read(source, request, cancellation);
        var input = new NormalisingInput(source, table, [], [], pack, Threads: 2)
        {
            Taken = intake.Taken(2),
            Memory = memory ?? ColumnMemory.Arrays,
        };
        return Normaliser.Normalise(input, cancellation);
    }

    static IEnumerable<string> Prints(RecordTable records, int row) =>
        records.Columns.OfType<TextColumn>().Select(column => $"{column.Print(row, Seed):x}{column.ValueEquals(row, column, 0)}");

    // Everything that anybody asks of a source.
    static string Told(NormalisedSource source)
    {
        var records = source.Records;
        var rows = Enumerable.Range(0, records.Count).ToArray();
        var settled = source.SettledOf(rows);
        return string.Join('\n',
        [
            source.Counts.ToString(),
            .. rows.Select(row => $"{records.Id(row)}: {string.Join(" | ", records.Columns.Select(column => column.Display(row)))}"),
            .. rows.Select(row => string.Join(' ', Prints(records, row))),
            .. rows.Select(row => string.Join("; ", source.Cells(row).Select(cell => $"{cell.Key}={cell.Value}"))),
            .. rows.Select(row => $"{source.CarriedItemOf(row, []).File}:{source.CarriedItemOf(row, []).Line}"),
            .. source.Rejects.Select(reject => reject.ToString()),
            string.Join(' ', settled.Ids), string.Join(' ', settled.Contents),
            .. source.Notices,
        ]);
    }

    static CasePack Pack(bool isAuto)
    {
        var pack = new CasePack();
        pack.Line(isAuto ? "source id: auto" : "source id: id");
        pack.Line("field id: optional text");
        pack.Line("field name: text");
        pack.Line("field note: optional text; clean: trim");
        pack.Line("field amount: optional money; currency column: currency");
        pack.Line("field booked: optional date");
        pack.Line("field more: optional text");
        return pack;
    }
}
