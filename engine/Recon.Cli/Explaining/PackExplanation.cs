// Answers what was asked from the runs of one pack, decided anew on the date that can answer.
using Recon.Cli.Commands;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model.Rules;
using Recon.Reports.Sections;
using Recon.Runs;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Explaining;

/// <summary>Explains on the dates of one pack.</summary>
/// <param name="ids">One, or two between which the passes are explained.</param>
/// <param name="missing">Those that no date knew so far; what is known is taken out.</param>
sealed class PackExplanation(
    OpenedWorkspace workspace, IRunStore store, LoadedPack loaded, string[] ids, HashSet<string> missing, CancellationToken cancellation)
    : IDisposable
{
    // Of the dates that were decided: what is told of them is read from there.
    readonly List<RunMemory> _memories = [];
    readonly Pack _pack = loaded.Pack!;
    readonly RecordedExplanation _recorded = new(store);

    /// <summary>
    /// Explains on the date asked for, else on the newest, else on the newest that knows the ids. Two that do not go before the
    /// passes on that date are compared on the newest before it on which both did.
    /// </summary>
    /// <returns>False where nothing was told, because no such date knows all ids.</returns>
    internal bool Tell(DateOnly? asked)
    {
        var first = On(asked ?? NewestDate());
        var answers = first.IsKnown || asked is not null || OtherDate() is not { } other || other == first.Date ? first : On(other);
        if (!answers.IsKnown)
        {
            return false;
        }

        Print(answers);
        if (!answers.AreRecords && ids is not [_])
        {
            Compare(answers);
        }

        return true;
    }

    void Compare(DatedAnswers answers)
    {
        if (_recorded.DateTogether(_pack.Id, ids, until: answers.Date) is not { } date)
        {
            Console.Out.WriteLine("No run that stands for its date had the two before its passes together.");
            return;
        }

        var together = date == answers.Date ? answers : On(date);
        var went = $"On {ResultDocument.Iso(date)} the two went before the passes together";
        if (!together.AreRecords)
        {
            Console.Out.WriteLine($"{went}, but pack, inputs and state as they are now do not give both any more.");
            return;
        }

        // Two that no pass compares are refused before anything is said of them.
        var sections = SectionsOf(together);
        WarnWhereNotRun(together);
        Console.Out.WriteLine($"{went}:");
        Terminal.PrintEach(sections);
    }

    public void Dispose() => _memories.ForEach(memory => memory.Dispose());

    DateOnly NewestDate() => RunHead.Standing(store.Runs(_pack.Id, int.MaxValue)).FirstOrDefault()?.BusinessDate
        ?? RunCommand.BusinessDateOf(null, workspace, _pack);

    DateOnly? OtherDate() => ids is not [var id] ? _recorded.DateTogether(_pack.Id, ids, until: DateOnly.MaxValue)
        : _recorded.Of(id, date: null) is { } found && found.Run.PackId == _pack.Id ? found.Run.BusinessDate
        : null;

    DatedAnswers On(DateOnly date)
    {
        var reader = workspace.Reader();
        var memory = RunMemory.Of(limit: null, reader, _pack, date);
        _memories.Add(memory);
        var request = RunCommand.RequestOf(workspace, loaded, date, Environment.ProcessorCount, queuesPostings: true) with { Memory = memory.Plan };
        var decided = new Runner(reader, store).Explore(request, cancellation);
        var answers = new DatedAnswers(decided, [.. ids.Select(id => Answer.To(id, store, decided))]);
        missing.IntersectWith(ids.Where((_, i) => !answers.Of[i].IsKnown));
        return answers;
    }

    static void WarnWhereNotRun(DatedAnswers answers)
    {
        if (answers.IsDecided && !answers.Decided.IsRecorded)
        {
            Console.Error.WriteLine(
                $"recon: pack, inputs and state as they are now were not run yet for {ResultDocument.Iso(answers.Date)};"
                + " this is what a run would say");
        }
    }

    void Print(DatedAnswers answers)
    {
        WarnWhereNotRun(answers);
        if (answers.AreRecords)
        {
            Terminal.PrintEach(SectionsOf(answers));
            return;
        }

        foreach (var answer in answers.Of)
        {
            foreach (var line in LinesOf(answer, answers.Date))
            {
                Console.Out.WriteLine(PlainText.Of(line));
            }

            Terminal.PrintEach(answer.Sections);
        }
    }

    static IEnumerable<string> LinesOf(Answer answer, DateOnly date) => answer.Record is { } record
        ? [$"{record.Table.Name}:{record.Table.Id(record.Row)} is a record of the run of {ResultDocument.Iso(date)}"]
        : answer.Facts.Select(fact => fact.Text);

    IEnumerable<Section> SectionsOf(DatedAnswers answers)
    {
        var explanation = new ExplanationSections(answers.Decided);
        var record = answers.Of[0].Record!;
        if (answers.Of is [_])
        {
            var posting = record.Posting is { } post ? [RecordedSections.Of(post, now: RecordedSearch.StateNow(store, post))] : Array.Empty<Section>();
            return [.. posting, .. explanation.Of(record.Table, record.Row, record.Leg)];
        }

        var (other, source) = (answers.Of[1].Record!, record.Table.Name);
        if (source == other.Table.Name && record.Row == other.Row)
        {
            throw new UsageException($"{Named(0, record)} and {Named(1, other)} are one record: two that are not the same can be compared");
        }

        if (source == other.Table.Name && !_pack.Passes.Any(pass => pass.IsOfOneSource && pass.Left.Name == source))
        {
            throw new UsageException($"{Named(0, record)} and {Named(1, other)} are both records of {source}; a pass joins two sources");
        }

        return explanation.Between(record.Table, record.Row, other.Table, other.Row);
    }

    // A match, break or posting stands for its first record.
    string Named(int place, FoundRecord record)
    {
        var (id, name) = (record.Table.Id(record.Row), $"{record.Table.Name}:{record.Table.Id(record.Row)}");
        return ids[place] == name || ids[place] == id ? name : $"{ids[place]}, which stands for {name},";
    }
}

/// <summary>What a run of one date says of all ids that were asked about.</summary>
/// <param name="Of">One answer an id, in the order asked.</param>
sealed record DatedAnswers(DecidedRun Decided, IReadOnlyList<Answer> Of)
{
    internal DateOnly Date => Decided.Submission.Record.Head.BusinessDate;

    internal bool IsKnown => Of.All(answer => answer.IsKnown);

    internal bool AreRecords => Of.All(answer => answer.Record is not null);

    internal bool IsDecided => Of.Any(answer => answer.IsDecided);
}
