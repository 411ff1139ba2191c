// Recorded runs that came to stand for their date again, and what that says of postings.
using Recon.Model;

namespace Recon.Store.Sqlite;

static class ReinstatementRows
{
    const string Insert = """
        INSERT INTO reinstatements (number, run, reinstated_at, reinstated_by)
        VALUES (@number, @run, @reinstated_at, @reinstated_by)
        """;

    const string InsertMention = """
        INSERT INTO reinstatement_mentions (reinstatement, ordinal, posting_key, effect, state)
        VALUES (@reinstatement, @ordinal, @posting_key, @effect, @state)
        """;

    const string All = """
        SELECT reinstatements.number, runs.id, reinstated_at, reinstated_by
        FROM reinstatements JOIN runs ON runs.number = reinstatements.run ORDER BY reinstatements.number
        """;

    // No two of one reinstatement have the same.
    const string WithOrdinalsLeftOut = """
        SELECT reinstatement FROM reinstatement_mentions
        GROUP BY reinstatement HAVING min(ordinal) <> 0 OR max(ordinal) <> count(*) - 1
        """;

    const string MentionsOfOne = """
        SELECT posting_key, effect, state FROM reinstatement_mentions WHERE reinstatement = @reinstatement ORDER BY ordinal
        """;

    /// <summary>
    /// Makes the run the one that counts for its date, and says of postings what has changed by that; false where it stands
    /// already and nothing is to be said.
    /// </summary>
    public static bool Add(Database database, string runId, IReadOnlyList<Posting> mentions, DateTimeOffset at, string by)
    {
        using var transaction = database.BeginWrite();
        var run = RunRows.FindById(database, runId);
        Require.That(run is not null);
        if (RunRows.Standing(database, run!.Head).Number == run.Number && mentions.Count == 0)
        {
            return false;
        }

        var number = RunRows.NextNumber(database);
        database.Execute(Insert, number, run.Number, StoreText.Of(at), by);
        foreach (var (ordinal, posting) in mentions.Index())
        {
            database.Execute(InsertMention, number, ordinal, posting.Key, posting.Effect, posting.State.ToString());
        }

        AuditRows.Append(
            database, at, by, AuditChain.Action.RunReinstated, PayloadOf(database, run.Head.Id, number).Write());
        transaction.Commit();
        return true;
    }

    /// <summary>Null where the rows are what the audit chain says, value by value.</summary>
    /// <param name="recorded">The chain's entries about reinstatements, in their order.</param>
    public static string? FirstFault(Database database, IReadOnlyList<AuditEntry> recorded)
    {
        var found = database.All(All, row => (Number: row.Number(0), Run: row.Text(1), At: row.Text(2), By: row.Text(3)))
            .Select(row => (PayloadOf(database, row.Run, row.Number).Write(), row.At, row.By));
        return found.SequenceEqual(recorded.Select(entry => (entry.Payload, entry.At, entry.Who)))
            && database.All(WithOrdinalsLeftOut, row => row.Number(0)).Count == 0
            ? null
            : "the reinstatements of runs are not those that were recorded";
    }

    static ReinstatementPayload PayloadOf(Database database, string run, long number)
    {
        var mentions = database.All(MentionsOfOne, row => new ReinstatementMention(row.Text(0), row.Text(1), row.Text(2)), number);
        return new ReinstatementPayload(run, number) { Postings = mentions.Count == 0 ? null : mentions };
    }
}
