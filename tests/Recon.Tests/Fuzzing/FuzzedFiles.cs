// The readers of files under fuzz: tables, and statements of banks.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Sources;
using Recon.Tests.Sources;

namespace Recon.Tests.Fuzzing;

/// <summary>Reads an input from a file, as a run does: a table or a fault that may be printed.</summary>
abstract class FuzzedFiles(InputFiles folder, string name) : FuzzedReader(name, Seeds(name))
{
    // Files that are read are damaged more often than those that are refused already.
    const int TimesOfRead = 4;
    const int LongestSeed = 20_000;
    const string Input = "input";

    // Messages and rejects cut what they show at 500 characters; a message shows up to three things.
    const int LongestMessage = 3000;

    static IReadOnlyList<byte[]> Seeds(string name) =>
    [
        .. SourceCases.Below(name).Select(file => Path.Combine(SourceCases.Root, file)).Where(path => new FileInfo(path).Length < LongestSeed)
            .SelectMany(path => Enumerable.Repeat(File.ReadAllBytes(path), IsRefused(path) ? 1 : TimesOfRead)),
    ];

    static bool IsRefused(string path) => File.ReadLines($"{path}.expected").Any(line => line.StartsWith("fault ", StringComparison.Ordinal));

    protected static SourceSpec Source(ReadFormat format, CsvSpec? csv) => SourceCases.Source(format, Input, csv);

    protected void Write(byte[] bytes) => folder.Write(Input, bytes);

    protected static RawTable Read(FileSourceReader reader, SourceSpec source, RowIntake? intake = null) =>
        reader.Read(source, new ReadRequest("pack", SourceCases.Date) { Intake = intake, Threads = 1 }, CancellationToken.None);

    protected FileSourceReader Reader() => new(folder.Root);

    /// <summary>A reader whose rows do not stay in memory, with the smallest windows.</summary>
    protected FileSourceReader NarrowReader() => new(folder.Root) { LargeBytes = 0, LargeWindow = 64 };

    protected static FuzzOutcome Outcome(Func<RawTable> read)
    {
        try
        {
            var table = read();
            Judge(table);
            return table.Rejects.Count + table.Notices.Count > 0 ? FuzzOutcome.ReadInPart : FuzzOutcome.Read;
        }
        catch (ReconException fault)
        {
            JudgeText(fault.Message, "the fault");
            FuzzException.Unless(
                fault.Kind == FaultKind.InputWrong && !fault.IsTransient && fault.Message.StartsWith($"{Input}: ", StringComparison.Ordinal),
                $"a fault of another kind, {fault.Kind}: {fault.Message}");
            return FuzzOutcome.Refused;
        }
    }

    static void Judge(RawTable table)
    {
        foreach (var column in table.Columns)
        {
            FuzzException.Unless(column.Count == table.Count, "a column is longer or shorter than the table");
            for (var row = 0; row < table.Count; row++)
            {
                _ = column.Text(row);
            }
        }

        var line = 0;
        for (var row = 0; row < table.Count; row++)
        {
            FuzzException.Unless(table.Line(row) >= Math.Max(1, line), "lines go back");
            line = table.Line(row) ?? 0;
        }

        foreach (var reject in table.Rejects)
        {
            JudgeText(reject.Reason, "a reason");
            JudgeText(reject.Content, "a rejected row");
        }
    }

    static void JudgeText(string text, string what)
    {
        FuzzException.Unless(text.Length <= LongestMessage, $"{what} has {text.Length} characters");
        FuzzException.Unless(!text.Any(char.IsControl), $"{what} holds control characters");
    }
}

/// <summary>Tables with any separator, quote and encoding; one in eight is read in small windows too, and must be the same.</summary>
sealed class FuzzedTables(InputFiles folder) : FuzzedFiles(folder, "csv")
{
    const int OneInNarrow = 8;

    static readonly CsvSpec[] Specs =
    [
        SourceCases.Csv,
        SourceCases.Csv,
        SourceCases.Csv with { Separator = ';' },
        SourceCases.Csv with { Separator = '\t', Quote = null },
        SourceCases.Csv with { Separator = '|', Quote = '\'', SkipLines = 2 },
        SourceCases.Csv with { HasHeader = false },
        SourceCases.Csv with { Encoding = "utf-16" },
        SourceCases.Csv with { Encoding = "windows-1252" },
        SourceCases.Csv with { Encoding = "iso-8859-1", HasHeader = false, SkipLines = 1 },
        SourceCases.Csv with { Trailer = new TrailerSpec("TRL", new Dictionary<string, int> { ["count"] = 2, ["sum"] = 3 }) },
    ];

    // A window of at least 256 KiB with a mark for each byte; doubled while a row does not end. Of a byte: a separator of the head makes a column
    // (1.1 KB), a line of one sign a reject with its reason and its text (650 bytes).
    public override long MostAllocated(int bytes) => 3_000_000 + (1_200L * bytes);

    public override FuzzOutcome Read(byte[] bytes, Random chance)
    {
        Write(bytes);
        return Outcome(() => Read(Reader(), Source(chance)));
    }

    public override void Ask(Random chance)
    {
        var source = Source(chance);
        if (chance.Next(OneInNarrow) == 0)
        {
            var wide = SourceCases.Outcome(() => Read(Reader(), source), SourceCases.Cells);
            var narrow = SourceCases.Outcome(() => Read(NarrowReader(), source, _ => { }), SourceCases.Cells);
            FuzzException.Unless(wide == narrow, $"in windows of 64 bytes:\n{narrow}\nin one window:\n{wide}");
        }
    }

    static SourceSpec Source(Random chance) => Source(ReadFormat.Csv, Specs[chance.Next(Specs.Length)]);
}

/// <summary>Statements, by the name of their folder of cases.</summary>
sealed class FuzzedStatements(InputFiles folder, string name) : FuzzedFiles(folder, name)
{
    readonly ReadFormat _format = name == "camt" ? ReadFormat.Camt053 : ReadFormat.Mt940;
    RawTable? _table;

    // A line of MT940 may be one byte, and is asked by several patterns what it is.
    public override long MostAllocated(int bytes) => 1_000_000 + ((_format == ReadFormat.Mt940 ? 600L : 100) * bytes);

    public override FuzzOutcome Read(byte[] bytes, Random chance)
    {
        Write(bytes);
        _table = null;
        return Outcome(() => _table = Read(Reader(), Source(_format, null)));
    }

    // What a run asks of statements: whether they foot, and follow each other.
    public override void Ask(Random chance)
    {
        if (_table is not null)
        {
            _ = SourceCases.Statements(_table);
        }
    }
}
