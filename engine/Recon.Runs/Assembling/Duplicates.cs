// Records that dedupe passes left out, named for the record of the run and counted for its sources.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class Duplicates
{
    internal static IReadOnlyList<Duplicate> Named(Pack pack, IReadOnlyList<RecordTable> tables, MatchSet matches) =>
    [
        .. matches.Duplicates.Select(found => new Duplicate(
            new RecordId(tables[found.Source].Name, tables[found.Source].Id(found.Row)),
            tables[found.Source].Id(found.Kept),
            pack.Passes[found.Pass].Id)),
    ];

    /// <summary>One entry a pass that left records of the source out, in the order of the passes.</summary>
    internal static IReadOnlyList<ExclusionCount> Counted(Pack pack, SourceSpec source, MatchSet matches) =>
    [
        .. matches.Duplicates.Where(found => found.Source == source.Index)
            .CountBy(found => found.Pass).OrderBy(entry => entry.Key)
            .Select(entry => new ExclusionCount($"dedupe: {pack.Passes[entry.Key].Id}", entry.Value, pack.Passes[entry.Key].Id)),
    ];
}
