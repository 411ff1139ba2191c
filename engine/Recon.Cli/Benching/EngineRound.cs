// One round of the engine: the code of a run up to its matches, in a process of its own, and what it found as files.
using Recon.Cli.Commands;
using Recon.Cli.Workspaces;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Testing;
using Recon.Sources;

namespace Recon.Cli.Benching;

/// <summary>
/// Loads the pack, reads, normalises, checks and matches as <c>recon run</c> does, then writes matches as evidence, open
/// items and totals. Judging and the store are left out: the peers have neither.
/// </summary>
static class EngineRound
{
    /// <param name="directory">A folder with <c>pack.yaml</c> and its inputs.</param>
    /// <param name="output">An existing folder.</param>
    /// <param name="memoryLimit">In bytes; null: half of what is free.</param>
    internal static void Run(string directory, string output, int threads, long? memoryLimit, CancellationToken cancellation)
    {
        var clock = new RoundClock();
        var workspace = OpenedWorkspace.Open(directory);
        var options = new PackOptions(null, new Dictionary<string, string>(StringComparer.Ordinal), [.. workspace.Calendars.Keys]);
        using var loaded = LoadedPack.From(workspace.Packs[0], options, cancellation).OrStop();
        clock.Lap("load");
        var request = RunCommand.RequestOf(workspace, loaded, WorkloadWriter.BusinessDate, threads, queuesPostings: true);
        using var memory = RunMemory.Of(memoryLimit, Directory.EnumerateFiles(workspace.Inputs, "*.csv"));
        var runner = new Runner(new FileSourceReader(workspace.Inputs), new MemoryRunStore(), clock: TimeProvider.System);
        var (run, stages) = runner.Match(request with { Memory = memory.Plan }, cancellation);
        clock.Lap(stages.Select(stage => (stage.Stage.ToString().ToLowerInvariant(), stage.Took)));
        Write(run, output, threads, cancellation);
        clock.Lap("write");
        clock.Write(output);
    }

    static void Write(MatchedRun run, string output, int threads, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.Invoke(
            options,
            [
                () => WriteEvidence(run, output, threads, cancellation),
                .. Enumerable.Range(0, run.Sources.Count).Select<int, Action>(source => () => WriteOpen(run, source, output)),
                () => WriteTotals(run, output),
            ]);
    }

    static void WriteEvidence(MatchedRun run, string output, int threads, CancellationToken cancellation)
    {
        foreach (var leg in run.Evidence(cancellation).Legs)
        {
            RoundFiles.WriteEvidence(output, leg, threads);
        }
    }

    static void WriteTotals(MatchedRun run, string output)
    {
        var summaries = run.SourceSummaries();
        RoundFiles.WriteTotals(
            output,
            summaries.SelectMany(source => source.Legs[0].Amounts.Select(amount => new RoundTotal(
                source.Name, amount.Currency.Code, amount.Scope.ToString(), amount.Matched.ToString(), amount.Open.ToString()))));
        RoundFiles.WritePasses(
            output, run.PassSummaries().Select(pass => new RoundPass(pass.Matches, pass.Records[0], pass.Records[1])));
    }

    static void WriteOpen(MatchedRun run, int source, string output)
    {
        var table = run.Input.Inputs[source];
        var places = table.ColumnNames.Select((name, i) => (name, i)).ToDictionary(StringComparer.Ordinal);
        var cellAt = new int[places.Count];
        using var lines = new CsvLines(RoundFiles.OpenPath(output, table.Source));
        lines.Write(table.ColumnNames);
        foreach (var row in run.OpenRows(source))
        {
            var cells = run.Sources[source].Cells(row);
            Array.Fill(cellAt, -1);
            for (var i = 0; i < cells.Count; i++)
            {
                cellAt[places[cells.Names[i]]] = i;
            }

            foreach (var cell in cellAt)
            {
                lines.Cell(cell < 0 ? [] : cells.Utf8(cell));
            }

            lines.EndLine();
        }
    }
}
