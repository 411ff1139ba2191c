// A pack to start from, and one that is proposed by what two files hold.
using System.Text;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class NewTests
{
    static readonly (string Id, string Reference, decimal Amount, DateOnly Day)[] Events =
    [
        .. Enumerable.Range(1, 30).Select(number => (
            $"E{number:000}", $"RE-20{number:00}", (number * 37.25m) - (number % 5 == 0 ? 2500 : 0), new DateOnly(2026, 3, 1).AddDays(number % 20))),
    ];

    [Fact]
    public async Task Without_files_there_is_a_pack_that_checks_tests_and_runs()
    {
        using var folder = new TemporaryFolder();
        await FineAsync(folder, "new", "shop");
        await SoundAsync(folder, "shop");
        var run = await FineAsync(folder, "run", "shop");
        Assert.Contains("11 of 14 records fully matched", run.Out, StringComparison.Ordinal);
    }

    /// <summary>A row that is wrong and one delivered twice do not hide what a column is; debit is plus in our books.</summary>
    [Fact]
    public async Task Fields_keys_and_passes_of_card_payments_are_found_in_its_files()
    {
        using var folder = new TemporaryFolder();
        var input = RepositoryRoot.Of("examples", "card-payments", "in");
        var made = await FineAsync(
            folder, "new", "card", "--from", Path.Combine(input, "ledger", "2026-02-27.csv"), Path.Combine(input, "psp", "2026-02-27", "web.csv"));
        Assert.Contains("by-reference ", made.Out, StringComparison.Ordinal);
        await SoundAsync(folder, "card");
        var pack = File.ReadAllText(folder.Of("card/pack.yaml"));
        Assert.All(
            [
                "csv: \"ledger-{business_date}.csv\"", "id: entry_id", "id: psp_id", "booked: { type: instant }", "column: \"Order Ref\"",
                "sign: { column: \"side\", debit: \"D\", credit: \"C\", plus: debit }", "currency: { column: \"ccy\" }", "key: order_ref",
                "ledger.amount ~ web.gross: 0.01 EUR",
            ],
            expected => Assert.Contains(expected, pack, StringComparison.Ordinal));
    }

    [Fact]
    public async Task References_in_a_note_are_cut_out_and_a_plus_that_is_our_minus_is_turned()
    {
        using var folder = new TemporaryFolder();
        var entries = Events.Select(item => $"{item.Id},{item.Reference},{item.Amount},{item.Day:O}");
        File.WriteAllLines(folder.Of("books.csv"), ["id,document,amount,day", .. entries]);
        var notes = Events.Select((item, i) => $"X{i}-{i * 7},payment of {item.Reference} thanks {i},{-item.Amount}");
        File.WriteAllLines(folder.Of("bank.csv"), ["no,text,amount", .. notes]);
        await FineAsync(folder, "new", "p", "--from", folder.Of("books.csv"), folder.Of("bank.csv"));
        await SoundAsync(folder, "p");
        var pack = File.ReadAllText(folder.Of("p/pack.yaml"));
        Assert.Contains("Fn.Extract(bank.text, \"RE-[0-9]{4}\")", pack, StringComparison.Ordinal);
        Assert.Contains("value: -bank.amount", pack, StringComparison.Ordinal);
        Assert.Contains("here: 100.0 % of books, 100.0 % of bank", pack, StringComparison.Ordinal);
    }

    public static TheoryData<char, char, string, bool, string> Layouts => new()
    {
        { ',', '.', "yyyy-MM-dd", true, "utf-8" },
        { ';', ',', "dd.MM.yyyy", true, "utf-8" },
        { '\t', '.', "dd/MM/yyyy", true, "utf-8" },
        { '|', ',', "yyyyMMdd", true, "windows-1252" },
        { ';', '.', "MM/dd/yyyy", false, "utf-8" },
        { ',', '.', "yyyy-MM-dd", true, "utf-16" },
    };

    /// <summary>However a file is written, the same events are found in it.</summary>
    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_layout_is_told_by_the_file(char separator, char point, string dates, bool hasHeader, string encoding)
    {
        using var folder = new TemporaryFolder();
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        string[] header = hasHeader ? [string.Join(separator, "Beleg", "Empfänger", "Betrag", "Datum")] : [];
        var lines = header.Concat(Events.Select(item => string.Join(
            separator, item.Reference, $"Müller {item.Id}", item.Amount.ToString("0.00", invariant).Replace('.', point), item.Day.ToString(dates, invariant))));
        File.WriteAllLines(folder.Of("books.csv"), lines, encoding switch
        {
            "utf-16" => Encoding.Unicode,
            "windows-1252" => Encoding.Latin1,
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        });
        var bank = Events.Select(item => string.Create(invariant, $"{item.Reference},{item.Amount},{item.Day:O}"));
        File.WriteAllLines(folder.Of("bank.csv"), ["ref,amount,day", .. bank]);
        await FineAsync(folder, "new", "p", "--from", folder.Of("books.csv"), folder.Of("bank.csv"));
        await SoundAsync(folder, "p");
        Assert.Contains("here: 100.0 % of books, 100.0 % of bank", File.ReadAllText(folder.Of("p/pack.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_without_a_name_is_left_out_and_passes_without_amounts_are_said_to_have_none()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("books.csv"), "id,amount,class,Größe,\nA1,1.00,x,y,\nA2,3.00,x,z,\nA3,3.10,x,z,\n");
        File.WriteAllText(folder.Of("bank.csv"), "id,amount,class\nA1,(1.00),x\nA2,(3.00),x\nA3,(3.10),x\n");
        var made = await FineAsync(folder, "new", "p", "--from", "books.csv", "bank.csv");
        await SoundAsync(folder, "p");
        Assert.Contains("here: 100.0 % of books, 100.0 % of bank", File.ReadAllText(folder.Of("p/pack.yaml")), StringComparison.Ordinal);
        Assert.Contains("no pass compares amounts", made.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 7, "the file is empty")]
    [InlineData("ref,amount,amount\nA1,1.00,2.00\n", 7, "the header names a column twice: 'amount'")]
    [InlineData("a,b\n", 7, "no columns of theirs belong together")]
    [InlineData("one\ntwo\nthree\n", 7, "no columns of theirs belong together")]
    [InlineData("a,b\n\"x,1\ny,2\n", 7, "")]
    [InlineData("\0\u0001\u0002\0\0binary", 7, "binary")]
    public async Task What_is_of_no_use_is_said_to_be_and_nothing_is_left_behind(string content, int exit, string said)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("books.csv"), content);
        File.WriteAllText(folder.Of("bank.csv"), "ref,amount\nA1,1.00\n");
        var made = await WarmCli.RunAsync(folder.Path, "new", "p", "--from", "books.csv", "bank.csv");
        Assert.True(made.ExitCode == exit, made.Everything);
        Assert.Contains(said, made.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Of("p")));
    }

    [Fact]
    public async Task Nothing_is_written_over_unless_it_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        await FineAsync(folder, "new", "shop");
        File.WriteAllText(folder.Of("shop/pack.yaml"), "mine");
        var again = await WarmCli.RunAsync(folder.Path, "new", "shop");
        Assert.True(again.ExitCode == 64, again.Everything);
        Assert.Equal("mine", File.ReadAllText(folder.Of("shop/pack.yaml")));
        await FineAsync(folder, "new", "shop", "--force");
        await SoundAsync(folder, "shop");
    }

    static async Task SoundAsync(TemporaryFolder folder, string pack)
    {
        await FineAsync(folder, "check", pack);
        await FineAsync(folder, "fmt", "--check", pack);
        var test = await FineAsync(folder, "test", pack);
        Assert.DoesNotContain("0 passed", test.Out, StringComparison.Ordinal);
    }

    static async Task<CliResult> FineAsync(TemporaryFolder folder, params string[] words)
    {
        var result = await WarmCli.RunAsync(folder.Path, words);
        Assert.True(result.ExitCode == 0, result.Everything);
        return result;
    }
}
