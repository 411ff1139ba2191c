// The open records of a run, one entry a record and leg.
using Recon.Model;

namespace Recon.Runs.Results;

/// <summary>Flattens breaks into the records that are open.</summary>
public static class OpenItems
{
    /// <summary>Each open record with its break, in the order of (leg, source, id).</summary>
    public static IEnumerable<(Break Break, RecordId Record)> Of(RunRecord record)
    {
        var legs = record.Passes.Select(pass => string.Join('~', pass.Leg)).Distinct().ToList();
        var sources = record.Sources.Select(source => source.Name).ToList();
        return record.Breaks
            .Where(item => item.Kind is BreakKind.Open or BreakKind.Ambiguous)
            .SelectMany(item => item.Records.Select(member => (Break: item, Record: member)))
            .OrderBy(entry => legs.IndexOf(string.Join('~', entry.Break.Leg)))
            .ThenBy(entry => sources.IndexOf(entry.Record.Source))
            .ThenBy(entry => entry.Record);
    }
}
