// Writes a finished run: everything in one transaction, or nothing.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

static class RunWriter
{
    /// <inheritdoc cref="IRunStore.Record"/>
    public static StoredRun Record(Database database, RunSubmission submission)
    {
        using var bulk = new RunBulk(submission);
        using var transaction = database.BeginWrite();
        if (Recorded(database, submission, bulk) is { } recorded)
        {
            return recorded;
        }

        var tables = WriteTables(database, submission, bulk);
        AuditRows.Append(
            database, submission.At, submission.By, AuditChain.Action.RunRecorded,
            RunSeal.Of(submission, bulk.Document.Sha256, tables).Write());
        var row = RunRows.FindById(database, submission.Record.Head.Id)!;
        var stored = new StoredRun(RunRows.Marked(database, [row])[0].Head, submission.Record);
        transaction.Commit();
        return stored;
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
        var record = submission.Record;
        var number = RunRows.NextNumber(database);
        using var writers = new RunTableWriters(database);
        RunRows.Write(writers.To(RunRows.Table), number, OpeningRun(database, submission.OpeningRunId), submission);
        // The many small rows first: the segments are made meanwhile.
        BreakRows.Write(writers.To(BreakRows.Table), number, record.Breaks);
        EvidenceRows.Write(writers.To(EvidenceRows.Table), number, bulk.Evidence.Take());
        Segment.Write(writers.To(OpenItemRows.Table), number, bulk.OpenItems.Take());
        SettledRows.Write(writers.To(SettledRows.Table), number, bulk.Settled.Take());
        Segment.Write(writers.To(BreakSegments.Table), number, bulk.Breaks.Take());
        ClosingRows.Write(writers.To(ClosingRows.Table), number, submission.Closings);
        PostingRows.Write(
            database, writers.To(PostingRows.Table), writers.To(PostingRows.Mentions), number, record.Posts);
        DocumentRows.Write(writers.To(DocumentRows.Table), number, bulk.Document);
        return writers.Finish();
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
sealed class RunBulk(RunSubmission submission) : IDisposable
{
    readonly Task<RunDocumentBytes> _document = Task.Run(() => RunDocumentBytes.Of(submission.Record));

    public Ahead<EvidenceSegment> Evidence { get; } = new(EvidenceRows.Segments(submission.Record.Matches));

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
