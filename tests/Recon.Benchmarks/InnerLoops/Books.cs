// A small workload W, read and normalised once, for loops that are measured alone.
using Recon.Cli.Benching;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Sources;

namespace Recon.Benchmarks.InnerLoops;

/// <summary>Both sides of W(100,000) on disk, as raw tables and as records.</summary>
sealed class Books
{
    internal const int Rows = 100_000;

    readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("recon-inner-");

    /// <param name="when">C# that the first pass demands beside its key; null for none.</param>
    internal Books(string? when = null)
    {
        new WorkloadWriter(Rows, seed: 42, threads: 1).Write(_directory.FullName, CancellationToken.None);
        if (when is not null)
        {
            var path = Path.Combine(_directory.FullName, "pack.yaml");
            File.WriteAllText(path, File.ReadAllText(path).Replace(
                "    tie: { oldest: id }\n  - id: near-amount", $"    tie: {{ oldest: id }}\n    when: {when}\n  - id: near-amount",
                StringComparison.Ordinal));
        }

        var options = new PackOptions(null, new Dictionary<string, string>(StringComparer.Ordinal), []);
        var loaded = LoadedPack.From(_directory.FullName, options, CancellationToken.None).OrStop();
        (Pack, Rules) = (loaded.Pack!, loaded.Rules!);
        Raw = [.. Pack.Sources.Select(Read)];
        Tables = [.. Pack.Sources.Select(source => Normalise(source).Records)];
    }

    internal Pack Pack { get; }

    internal ICompiledRules Rules { get; }

    internal IReadOnlyList<RawTable> Raw { get; }

    internal IReadOnlyList<RecordTable> Tables { get; }

    internal RawTable Read(SourceSpec source) => new FileSourceReader(_directory.FullName).Read(
        source, new ReadRequest(Pack.Id, WorkloadWriter.BusinessDate), CancellationToken.None);

    internal NormalisedSource Normalise(SourceSpec source) => Normaliser.Normalise(
        new NormalisingInput(source, Raw[source.Index], [], [], Rules, Threads: 1), CancellationToken.None);

    internal void Delete() => _directory.Delete(recursive: true);
}
