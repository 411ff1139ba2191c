// Finding and opening inputs: patterns, links, missing and changing files.
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Sources;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class FileSourceReaderTests
{
    const string OneRow = "id,amount\nA1,1.00\n";

    [Fact]
    public void Tokens_stand_for_pack_and_business_date()
    {
        using var inputs = new InputFiles();
        inputs.Write("pack/2026-02-27/psp_260227.csv", OneRow);
        var table = Read(inputs, "{pack}/{business_date}/psp_{business_date:yyMMdd}.csv");
        Assert.Equal("pack/2026-02-27/psp_260227.csv", Assert.Single(table.Files).Name);
    }

    [Fact]
    public void Several_files_are_one_table_in_the_order_of_their_names()
    {
        using var inputs = new InputFiles();
        inputs.Write("b/2.csv", "amount,id\n3.00,B2\n");
        inputs.Write("a/1.csv", OneRow);
        inputs.Write("b/10.csv", "id,amount,more\nB1,2.00,x\nB1x\n");
        inputs.Write("b/.hidden.csv", OneRow);
        var table = Read(inputs, "*/*.csv");
        Assert.Equal(["a/1.csv", "b/10.csv", "b/2.csv"], table.Files.Select(file => file.Name));
        Assert.Equal(["A1", "B1", "B2"], Column(table, "id"));
        Assert.Equal(["1.00", "2.00", "3.00"], Column(table, "amount"));
        Assert.Equal(["a/1.csv", "b/10.csv", "b/2.csv"], Enumerable.Range(0, 3).Select(table.FileName));
        Assert.Equal("b/10.csv", Assert.Single(table.Rejects).File);
    }

    [Fact]
    public void The_hash_is_that_of_the_bytes_read()
    {
        using var inputs = new InputFiles();
        var bytes = Encoding.UTF8.GetBytes("id,amount\n"
            + string.Concat(Enumerable.Repeat("A1,1.00\n", 100_000)));
        inputs.Write("a.csv", bytes);
        var seen = new List<long>();
        var table = new FileSourceReader(inputs.Root).Read(Source("a.csv"),
            new ReadRequest("pack", SourceCases.Date, seen.Add), TestContext.Current.CancellationToken);
        Assert.Equal(new InputFile("a.csv", Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length),
            Assert.Single(table.Files));
        Assert.Equal(100_000, table.Count);
        Assert.Equal(100_001, table.Line(99_999));
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(bytes.Length, seen[^1]);
    }

    [Fact]
    public void A_missing_file_is_told_with_what_lies_nearest()
    {
        using var inputs = new InputFiles();
        inputs.Write("psp/2026-02-26/a.csv", OneRow);
        inputs.Write("psp/readme.txt", "");
        var fault = Fault(inputs, "psp/{business_date}/*.csv", FaultKind.InputMissing);
        Assert.Equal(
            "psp: no file 'psp/2026-02-27/*.csv' below the inputs; 'psp' holds: 2026-02-26/, readme.txt",
            fault.Message);
        Assert.False(fault.IsTransient);
        Assert.EndsWith("'psp/2026-02-26' holds: a.csv",
            Fault(inputs, "psp/2026-02-26/b.csv", FaultKind.InputMissing).Message, StringComparison.Ordinal);
        Assert.EndsWith("; the inputs folder holds: psp/",
            Fault(inputs, "ledger.csv", FaultKind.InputMissing).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_of_inputs_is_told()
    {
        using var inputs = new InputFiles();
        Directory.Delete(inputs.Root);
        Assert.EndsWith("does not exist", Fault(inputs, "a.csv", FaultKind.InputMissing).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_may_be_missing_is_empty_then()
    {
        using var inputs = new InputFiles();
        var source = Source("a.csv");
        var table = SourceCases.Read(inputs.Root,
            source with { Read = source.Read with { MissingIsEmpty = true } });
        Assert.Equal(0, table.Count);
        Assert.Empty(table.Files);
        Assert.Equal(["id", "amount"], table.ColumnNames);
    }

    [Fact]
    public void A_column_that_only_some_files_have_is_null_in_the_others()
    {
        using var inputs = new InputFiles();
        inputs.Write("psp/1.csv", "id,amount\nA1,1.00\n");
        inputs.Write("psp/2.csv", "note,amount,id\nlate,2.00,A2\n");
        inputs.Write("psp/3.csv", "amount,id,fee\n3.00,A3,0.10\n");
        Assert.Equal(
            "3 rows of id | amount | note | fee\n"
            + "line 2: A1 | 1.00 | NULL | NULL\n"
            + "line 2: A2 | 2.00 | late | NULL\n"
            + "line 2: A3 | 3.00 | NULL | 0.10\n",
            SourceCases.Cells(Read(inputs, "psp/*.csv")));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside.csv")]
    [InlineData("a/../../outside.csv")]
    [InlineData("a//b.csv")]
    [InlineData("./a.csv")]
    [InlineData("a\\b.csv")]
    [InlineData("C:/a.csv")]
    [InlineData("~/a.csv")]
    [InlineData("a?.csv")]
    [InlineData("a\0.csv")]
    [InlineData("")]
    [InlineData("{run}.csv")]
    [InlineData("{business_date:d}.csv")]
    [InlineData("{business_date:%}.csv")]
    [InlineData("{business_date:}.csv")]
    [InlineData("{business_date")]
    public void A_path_that_could_leave_the_inputs_is_refused(string path)
    {
        using var inputs = new InputFiles();
        File.WriteAllText(Path.Combine(inputs.Outside, "outside.csv"), OneRow);
        Assert.Contains("cannot be used", Fault(inputs, path, FaultKind.InputWrong).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_inside_the_inputs_is_followed_one_that_leads_out_is_refused()
    {
        using var inputs = new InputFiles();
        inputs.Write("real/a.csv", OneRow);
        Directory.CreateDirectory(Path.Combine(inputs.Outside, "in-evil"));
        File.WriteAllText(Path.Combine(inputs.Outside, "in-evil", "a.csv"), OneRow);
        Directory.CreateSymbolicLink(inputs.On("inside"), "real");
        Directory.CreateSymbolicLink(inputs.On("outside"), Path.Combine("..", "in-evil"));
        File.CreateSymbolicLink(inputs.On("device.csv"), "/dev/zero");
        File.CreateSymbolicLink(inputs.On("loop.csv"), "loop.csv");
        Assert.Equal(1, Read(inputs, "inside/a.csv").Count);
        Assert.Contains("leads out", Fault(inputs, "outside/a.csv", FaultKind.InputWrong).Message,
            StringComparison.Ordinal);
        Assert.Contains("leads out", Fault(inputs, "out*/*.csv", FaultKind.InputWrong).Message,
            StringComparison.Ordinal);
        Assert.Contains("leads out", Fault(inputs, "device.csv", FaultKind.InputWrong).Message,
            StringComparison.Ordinal);
        Assert.IsType<ReconException>(Record.Exception(() => Read(inputs, "loop.csv")));
    }

    [Fact]
    public void A_pipe_is_refused_without_waiting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no named pipes in folders here");
        using var inputs = new InputFiles();
        Process.Start("mkfifo", [inputs.On("pipe.csv")]).WaitForExit();
        Assert.Equal("pipe.csv: not a regular file", Fault(inputs, "*.csv", FaultKind.InputWrong).Message);
    }

    [Theory]
    [InlineData("A2,2.00\n")]
    [InlineData("A2")]
    public void A_file_that_grows_while_it_is_read_is_still_being_written(string addition)
    {
        using var inputs = new InputFiles();
        inputs.Write("a.csv", "id,amount\n" + string.Concat(Enumerable.Repeat("A1,1.00\n", 100_000)) + "A1");
        var request = new ReadRequest("pack", SourceCases.Date, _ =>
            File.AppendAllText(inputs.On("a.csv"), addition));
        var fault = Assert.Throws<ReconException>(() =>
            new FileSourceReader(inputs.Root).Read(Source("a.csv"), request,
                TestContext.Current.CancellationToken));
        Assert.Equal((FaultKind.InputMissing, true), (fault.Kind, fault.IsTransient));
        Assert.Contains("still being written", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_ends_when_it_is_cancelled()
    {
        using var inputs = new InputFiles();
        inputs.Write("a.csv", OneRow);
        Assert.Throws<OperationCanceledException>(() => new FileSourceReader(inputs.Root).Read(
            Source("a.csv"), new ReadRequest("pack", SourceCases.Date), new CancellationToken(true)));
    }

    [Fact]
    public void All_columns_of_the_rules_must_be_in_the_header()
    {
        using var inputs = new InputFiles();
        inputs.Write("a.csv", "id,Betrag,Soll,side\nA1,1,2,3\n");
        var text = SourceCases.Field("id");
        var source = Source("a.csv") with
        {
            Fields =
            [
                text,
                text with { Name = "amount", Column = "betrag", Currency = new CurrencyRule(null, "ccy"),
                    Sign = new SignRule("sid", [], [], false) },
                text with { Name = "two", Column = "two", DebitColumn = "Soll", CreditColumn = "Haben" },
                text with { Name = "derived", Column = "derived",
                    Derived = new RuleRef("sources.psp.derive.derived", "1",
                        new Place("pack.yaml", 1, 1, 2, "1")) },
            ],
        };
        var fault = Assert.Throws<ReconException>(() => SourceCases.Read(inputs.Root, source));
        Assert.Equal(
            "a.csv: line 1: the header has no column 'betrag' (did you mean 'Betrag'?), 'ccy', "
            + "'sid' (did you mean 'side'?), 'Haben'; it has: id, Betrag, Soll, side", fault.Message);
    }

    [Fact]
    public void A_field_that_the_statement_format_does_not_deliver_is_told()
    {
        using var inputs = new InputFiles();
        var fault = Assert.Throws<ReconException>(() =>
            SourceCases.Read(inputs.Root,
                SourceCases.Source(ReadFormat.Mt940, "a.sta", null, "amount", "valuedate")));
        Assert.Contains("the format has no column 'valuedate' (did you mean 'value_date'?)", fault.Message,
            StringComparison.Ordinal);
    }

    static SourceSpec Source(string path) =>
        SourceCases.Source(ReadFormat.Csv, path, SourceCases.Csv, "id", "amount") with { Name = "psp" };

    static RawTable Read(InputFiles inputs, string path) => SourceCases.Read(inputs.Root, Source(path));

    static ReconException Fault(InputFiles inputs, string path, FaultKind kind)
    {
        var fault = Assert.Throws<ReconException>(() => Read(inputs, path));
        Assert.Equal(kind, fault.Kind);
        return fault;
    }

    static IEnumerable<string?> Column(RawTable table, string name) =>
        Enumerable.Range(0, table.Count).Select(table.Column(name)!.Text);
}
