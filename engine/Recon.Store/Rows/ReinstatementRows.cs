// Recorded runs that came to stand for their date again, and what that says of postings.
using Recon.Model;

namespace Recon.Store.Rows;

static class ReinstatementRows
{

    /// <summary>
    /// Makes the run the one that counts for its date, and says of postings what has changed by that; false where it stands
    /// already and nothing is to be said.
    /// </summary>
    public static bool Add(Database database, string runId, IReadOnlyList<Posting> mentions, DateTimeOffset at, string by, Action<string, DateOnly> guard)
    {
        using var transaction = database.BeginWrite();
        var run = RunRows.FindById(database, runId);
        Require.That(run is not null);
        if (RunRows.StandingOf(database, run!.Head.PackId, run.Head.BusinessDate)?.Number == run.Number && mentions.Count == 0)
        {
            return false;
        }

        var number = RunRows.NextNumber(database);
        database.Execute(database.Sql["reinstatements.add"], number, run.Number, at, by);
        foreach (var (ordinal, posting) in mentions.Index())
        {
            database.Execute(database.Sql["reinstatements.add_mention"], number, ordinal, posting.Key, posting.Effect, posting.State.ToString());
        }

        AuditRows.Append(
            database, at, by, AuditChain.Action.RunReinstated, PayloadOf(database, run.Head.Id, number).Write());
        guard(run.Head.PackId, run.Head.BusinessDate);
        transaction.Commit();
        return true;
    }

    /// <summary>Null where the rows are what the audit chain says, value by value.</summary>
    /// <param name="recorded">The chain's entries about reinstatements, in their order.</param>
    public static string? FirstFault(Database database, IReadOnlyList<AuditEntry> recorded)
    {
        var found = database.All(database.Sql["reinstatements.all"], row => (Number: row.Number(0), Run: row.Text(1), At: row.Text(2), By: row.Text(3)))
            .Select(row => (PayloadOf(database, row.Run, row.Number).Write(), row.At, row.By));
        return found.SequenceEqual(recorded.Select(entry => (entry.Payload, entry.At, entry.Who)))
            && database.All(database.Sql["reinstatements.with_ordinals_left_out"], row => row.Number(0)).Count == 0
            ? null
            : "the reinstatements of runs are not those that were recorded";
    }

    static ReinstatementPayload PayloadOf(Database database, string run, long number)
    {
        var mentions = database.All(database.Sql["reinstatements.mentions"], row => new ReinstatementMention(row.Text(0), row.Text(1), row.Text(2)), number);
        return new ReinstatementPayload(run, number) { Postings = mentions.Count == 0 ? null : mentions };
    }
}
