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
        // Made on another thread while the rows are written: for a large run each takes as long as the other.
        var document = Task.Run(() => RunDocumentBytes.Of(submission.Record));
        using var transaction = database.BeginWrite();
        if (Recorded(database, submission, document) is { } recorded)
        {
            return recorded;
        }

        var tables = WriteTables(database, submission, document);
        AuditRows.Append(
            database, submission.At, submission.By, AuditChain.Action.RunRecorded,
            RunSeal.Of(submission, document.GetAwaiter().GetResult().Sha256, tables).Write());
        var row = RunRows.FindById(database, submission.Record.Head.Id)!;
        var stored = new StoredRun(RunRows.Marked(database, [row])[0].Head, submission.Record);
        transaction.Commit();
        return stored;
    }

    /// <summary>The run that was recorded under this key since this one began; null where there is none.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Busy"/>: what was recorded is something else.</exception>
    static StoredRun? Recorded(Database database, RunSubmission submission, Task<RunDocumentBytes> document)
    {
        var head = submission.Record.Head;
        if (RunRows.FindByKey(database, head.Key) is { } same)
        {
            return same.ClosingHash == submission.ClosingHash
                && DocumentRows.Sha256(database, same.Number) == document.GetAwaiter().GetResult().Sha256
                ? new StoredRun(RunRows.Marked(database, [same])[0].Head, submission.Record)
                : throw Overtaken($"run {same.Head.Id} was recorded meanwhile with another result");
        }

        var revisions = RunRows.Revisions(database, head.PackId, head.BusinessDate);
        return revisions < head.Revision
            ? null
            : throw Overtaken($"revision {revisions} of {head.PackId} {head.BusinessDate:yyyy-MM-dd} was recorded meanwhile");
    }

    static Dictionary<string, string> WriteTables(
        Database database, RunSubmission submission, Task<RunDocumentBytes> document)
    {
        var record = submission.Record;
        var number = RunRows.NextNumber(database);
        using var writers = new RunTableWriters(database);
        RunRows.Write(writers.To(RunRows.Table), number, OpeningRun(database, submission.OpeningRunId), submission);
        EvidenceRows.Write(writers.To(EvidenceRows.Table), number, record.Matches);
        OpenItemRows.Write(writers.To(OpenItemRows.Table), number, submission.Carried);
        SettledRows.Write(writers.To(SettledRows.Table), number, submission.Settled);
        ClosingRows.Write(writers.To(ClosingRows.Table), number, submission.Closings);
        BreakRows.Write(writers.To(BreakRows.Table), number, record.Breaks);
        PostingRows.Write(
            database, writers.To(PostingRows.Table), writers.To(PostingRows.Mentions), number, record.Posts);
        DocumentRows.Write(writers.To(DocumentRows.Table), number, document.GetAwaiter().GetResult());
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
