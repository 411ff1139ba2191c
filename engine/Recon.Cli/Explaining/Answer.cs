// What is known of one id that was asked about.
using Recon.Reports.Sections;
using Recon.Runs;
using Recon.Runs.Ports;

namespace Recon.Cli.Explaining;

/// <summary>What is known of one id: a record of the run, or what became of it elsewhere.</summary>
/// <param name="Sections">An event of a recorded run, where there is neither a record nor a fact.</param>
sealed record Answer(FoundRecord? Record, IReadOnlyList<Fact> Facts, IReadOnlyList<Section> Sections)
{
    internal bool IsKnown => Record is not null || Facts.Count > 0 || Sections.Count > 0;

    /// <summary>True where it says what the run being explained decides, which may not be recorded.</summary>
    internal bool IsDecided => Record is not null || Facts.Any(fact => !fact.IsRecorded);

    /// <exception cref="UsageException">The id stands for several things.</exception>
    internal static Answer To(string id, IRunStore store, DecidedRun decided)
    {
        if (RecordSearch.Find(id, decided) is { } record)
        {
            return new Answer(record, [], []);
        }

        var history = new RecordedSearch(store, decided);
        var facts = history.FactsOf(id).ToList();
        return new Answer(null, facts, facts.Count > 0 ? [] : [.. history.EventsOf(id)]);
    }
}

/// <summary>One sentence about a record that is in no table.</summary>
/// <param name="IsRecorded">False for what the run being explained says itself.</param>
readonly record struct Fact(string Text, bool IsRecorded)
{
    internal static Fact Decided(string text) => new(text, IsRecorded: false);

    internal static Fact Recorded(string text) => new(text, IsRecorded: true);
}
