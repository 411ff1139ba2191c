// recon capture: a break of yesterday becomes a test of the rules.
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Recon.Cli.Capturing;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Freezing;
using Recon.Runs.Ports;
using Recon.Runs.Testing;

namespace Recon.Cli.Commands;

static class CaptureCommand
{
    static readonly Argument<string> Id = new("BREAK") { Description = "A break id or its first digits, as recon breaks list has it" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly PackOpener Packs = new();
    static readonly Option<string?> Into = new("--into") { Description = "The file of tests; default: pack.test.yaml beside the pack, '-' is stdout" };
    static readonly Option<string> Expect = new("--expect")
    {
        Description = "nothing: the test fails until the rules, or you, say otherwise; today: the break as it is",
        DefaultValueFactory = _ => "nothing",
    };

    static readonly Option<bool> NoMask = new("--no-mask") { Description = "Write texts as they are; default: each word becomes another of its shape" };

    internal static Command Create()
    {
        Expect.AcceptOnlyFromAmong("nothing", "today");
        var command = new Verb("capture",
            "Writes a break as a test beside the rules: the records that it needs, masked, and a place to say what should be.",
            "recon capture 21ce486b -w examples/card-payments --into -",
            "recon capture 21ce486b -w examples/card-payments --expect today")
        {
            Id, Into, Expect, NoMask, Workspace, Packs.Environment, Packs.Parameters, CommonOptions.Store,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Capture(parsed, cancellation)));
        return command;
    }

    static int Capture(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
        using var store = workspace.OpenExistingStore();
        var id = parsed.GetValue(Id)!;
        var stored = store.FindBreak(id) ?? throw new ReconException($"{id}: no such break", FaultKind.NotFound);
        using var loaded = Packs.OpenById(parsed, workspace, stored.PackId, cancellation);
        var (run, item) = Decided(workspace, store, loaded, stored, cancellation);
        var expectation = parsed.GetValue(Expect) == "today" ? CaptureExpectation.Today : CaptureExpectation.Nothing;
        using var mask = parsed.GetValue(NoMask) ? null : MaskOf(run, loaded.Pack!.Canonical);
        var (captured, isWhole) = Found(run, item, mask, workspace, loaded, cancellation);
        if (!isWhole)
        {
            Console.Error.WriteLine("recon: with these records alone another thing comes out: what was carried, held or decided by people is not in a test");
        }

        Write(parsed.GetValue(Into) ?? Path.Combine(loaded.Directory, "pack.test.yaml"), loaded, name => captured.Text(name, expectation), item);
        return ExitCode.Fine;
    }

    static (DecidedRun Run, Break Item) Decided(
        OpenedWorkspace workspace, IRunStore store, LoadedPack loaded, StoredBreak stored, CancellationToken cancellation)
    {
        DecidedRun run;
        using (var line = new ProgressLine())
        {
            var request = RunCommand.RequestOf(workspace, loaded, stored.BusinessDate, Environment.ProcessorCount, queuesPostings: true);
            run = new Runner(workspace.Reader(), store, line.Report).Explore(request, cancellation);
        }

        var item = run.Submission.Record.Breaks.FirstOrDefault(item => item.Id == stored.Break.Id) ?? throw new ReconException(
            $"break {stored.Break.Id[..8]} of {stored.BusinessDate:yyyy-MM-dd} is none any more with rules and inputs as they are now", FaultKind.NotFound);
        return item.Records.Count > 0 && item.Records.All(record => Has(run, record))
            ? (run, item)
            : throw new ReconException($"break {item.Id[..8]} ({item.Class}) is not about records that can be put in a test", FaultKind.NotFound);
    }

    static bool Has(DecidedRun run, RecordId record) =>
        OwnPosting.Is(record) || run.Tables.Any(table => table.Name == record.Source && table.RowOf(Encoding.UTF8.GetBytes(record.Id)) >= 0);

    static TextMask MaskOf(DecidedRun run, string rules) => TextMask.For(RandomNumberGenerator.GetBytes(32), rules, run.Tables.SelectMany(table =>
        table.Columns.OfType<TextColumn>().SelectMany(column =>
            Enumerable.Range(0, column.Count).Where(row => !column.IsNull(row)).Select(row => column.Text(row)!))));

    // The fewest records with which the break comes out as it is.
    static (CapturedCase Case, bool IsWhole) Found(
        DecidedRun run, Break item, TextMask? mask, OpenedWorkspace workspace, LoadedPack loaded, CancellationToken cancellation)
    {
        CapturedCase? captured = null;
        foreach (var records in Surroundings.Of(run, item))
        {
            captured = new CapturedCase(run, item, records, mask);
            var text = "tests:\n" + captured.Text("captured", CaptureExpectation.Today);
            if (Read(loaded, text, workspace).Tests is [var test] && PackTestRunner.Run(
                loaded.Pack!, loaded.Rules!, test, workspace.Calendars, workspace.Accounts, cancellation).Verdict == PackTestVerdict.Passed)
            {
                return (captured, true);
            }
        }

        return (captured!, false);
    }

    static PackLoad Read(LoadedPack loaded, string tests, OpenedWorkspace workspace)
    {
        var options = CommonOptions.PackOptionsOf(workspace.Environment, [], workspace.Calendars.Keys) with { Connections = workspace.ConnectionNames };
        return PackLoader.Load(
            PackFiles.Read(Path.Combine(loaded.Directory, "pack.yaml")), new PackText("pack.test.yaml", Encoding.UTF8.GetBytes(tests)), options);
    }

    static void Write(string path, LoadedPack loaded, Func<string, string> text, Break item)
    {
        if (path == "-")
        {
            Console.Out.Write(text(NameOf(item, loaded)));
            return;
        }

        var name = NameOf(item, loaded);
        var before = File.Exists(path) ? File.ReadAllText(path) : "tests:\n";
        before = before.Replace("tests: []\n", "tests:\n", StringComparison.Ordinal);
        File.WriteAllText(path, $"{before.TrimEnd('\n')}\n\n{text(name)}", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Console.Error.WriteLine($"recon: '{name}' is in {DisplayPath.Of(path)}; recon test {DisplayPath.Of(loaded.Directory)} --filter {item.Id[..8]} runs it");
    }

    static string NameOf(Break item, LoadedPack loaded)
    {
        var name = $"{item.Class} of break {item.Id[..8]}, captured";
        for (var number = 2; loaded.Tests.Any(test => test.Name == name); number++)
        {
            name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{item.Class} of break {item.Id[..8]}, captured again ({number})");
        }

        return name;
    }
}
