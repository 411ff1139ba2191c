// Writes a finished run: everything in one transaction, or nothing.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Store.Evidence;

namespace Recon.Store.Rows;

static class RunWriter
{
    /// <inheritdoc cref="IRunStore.Record"/>
    /// <param name="guard">Called last: whether the process may still write this pack and date.</param>
    /// <param name="files">The matches of the run as files, which are whole and on the disk; null: they go into the store.</param>
    public static StoredRun Record(
        Database database, RunSubmission submission, IReadOnlyList<EvidenceFile>? files, Action<string, DateOnly> guard)
    {
        using var bulk = new RunBulk(submission, files);
        using var transaction = database.BeginWrite();
        if (Recorded(database, submission, bulk) is { } recorded)
        {
            return recorded;
        }

        var head = submission.Record.Head;
        if (new SignedPeriods(ActRows.OfPack(database, head.PackId)).ObjectionTo(head.BusinessDate) is { } objection)
        {
            throw new ReconException(objection, FaultKind.InputWrong);
        }

        Add(database, submission, bulk);
        var row = RunRows.FindById(database, submission.Record.Head.Id)!;
        var stored = new StoredRun(RunRows.Marked(database, [row])[0].Head, submission.Record);
        guard(row.Head.PackId, row.Head.BusinessDate);
        transaction.Commit();
        return stored;
    }

    /// <summary>Writes the run and its seal. Call it inside the transaction that they belong to.</summary>
    public static void Add(Database database, RunSubmission submission, RunBulk bulk)
    {
        var tables = WriteTables(database, submission, bulk);
        AuditRows.Append(
            database, submission.At, submission.By, AuditChain.Action.RunRecorded,
            RunSeal.Of(submission, bulk.Document.Sha256, tables).Write());
    }

    /// <summary>The run that was recorded under this key since this one began; null where there is none.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Busy"/>: what was recorded is something else.</exception>
    static StoredRun? Recorded(Database database, RunSubmission submission, RunBulk bulk)
    {
        var head = submission.Record.Head;
        if (RunRows.FindByKey(database, head.Key) is { } same)
        {
            return same.ClosingHash == submission.ClosingHash
                && DocumentRows.Sha256(database, same.Number) == bulk.Document.Sha256
                ? new StoredRun(RunRows.Marked(database, [same])[0].Head, submission.Record)
                : throw Overtaken($"run {same.Head.Id} was recorded meanwhile with another result");
        }

        var revisions = RunRows.Revisions(database, head.PackId, head.BusinessDate);
        return revisions < head.Revision
            ? null
            : throw Overtaken($"revision {revisions} of {head.PackId} {head.BusinessDate:yyyy-MM-dd} was recorded meanwhile");
    }

    static Dictionary<string, string> WriteTables(
        Database database, RunSubmission submission, RunBulk bulk)
    {
        var (record, number) = (submission.Record, RunRows.NextNumber(database));
        var opening = OpeningRun(database, submission.OpeningRunId);
        var fresh = PostingRows.New(database, record.Posts);
        var tables = new RunTables(database);
        tables.Write(RunRows.Table, rows => RunRows.Write(rows, number, opening, submission));
        // The many small rows first: the segments are made meanwhile.
        tables.Write(BreakRows.Table, rows => BreakRows.Write(rows, number, record.Breaks));
        tables.Write(EvidenceRows.Table, rows => EvidenceRows.Write(rows, number, bulk.Evidence.Take()));
        tables.Write(EvidenceFileRows.Table, rows => EvidenceFileRows.Write(rows, number, bulk.Files));
        tables.Write(OpenItemRows.Table, rows => Segment.Write(rows, number, bulk.OpenItems.Take()));
        tables.Write(SettledRows.Table, rows => SettledRows.Write(rows, number, bulk.Settled.Take()));
        tables.Write(BreakSegments.Table, rows => Segment.Write(rows, number, bulk.Breaks.Take()));
        tables.Write(ClosingRows.Table, rows => ClosingRows.Write(rows, number, submission.Closings));
        tables.Write(PostingRows.Table, rows => PostingRows.Write(rows, number, record.Posts, fresh));
        tables.Write(PostingRows.Mentions, rows => PostingRows.WriteMentions(rows, number, record.Posts));
        tables.Write(DocumentRows.Table, rows => DocumentRows.Write(rows, number, bulk.Document));
        return tables.Hashes;
    }

    static long? OpeningRun(Database database, string? id)
    {
        if (id is null)
        {
            return null;
        }

        var opening = RunRows.FindById(database, id);
        Require.That(opening is not null);
        return opening!.Number;
    }

    static ReconException Overtaken(string why) => new($"{why}; run again", FaultKind.Busy, isTransient: true);
}

/// <summary>What a run writes in bulk, made on other threads while the rows before it are written.</summary>
sealed class RunBulk(RunSubmission submission, IReadOnlyList<EvidenceFile>? files) : IDisposable
{
    readonly Task<RunDocumentBytes> _document = Task.Run(() => RunDocumentBytes.Of(submission.Record));

    /// <summary>None where the matches stand in files.</summary>
    public Ahead<EvidenceSegment> Evidence { get; } = new(files is null ? EvidenceRows.Segments(submission.Record.Matches) : []);

    public IReadOnlyList<EvidenceFile> Files => files ?? [];

    public Ahead<Segment> OpenItems { get; } = new(Segment.Of(CarriedItemFormat.Write(submission.Carried)));

    public Ahead<SettledSegment> Settled { get; } = new(SettledRows.Segments(submission.Settled));

    public Ahead<Segment> Breaks { get; } = new(BreakSegments.Of(submission.Record.Breaks));

    public RunDocumentBytes Document => _document.GetAwaiter().GetResult();

    public void Dispose()
    {
        Evidence.Dispose();
        OpenItems.Dispose();
        Settled.Dispose();
        Breaks.Dispose();
    }
}
