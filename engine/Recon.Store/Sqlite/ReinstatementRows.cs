// Recorded runs that came to stand for their date again.
using Recon.Model;

namespace Recon.Store.Sqlite;

static class ReinstatementRows
{
    const string Insert = """
        INSERT INTO reinstatements (number, run, reinstated_at, reinstated_by)
        VALUES (@number, @run, @reinstated_at, @reinstated_by)
        """;

    const string All = """
        SELECT reinstatements.number, runs.id
        FROM reinstatements JOIN runs ON runs.number = reinstatements.run ORDER BY reinstatements.number
        """;

    /// <summary>Makes the run the one that counts for its date; false where it is already.</summary>
    public static bool Add(Database database, string runId, DateTimeOffset at, string by)
    {
        using var transaction = database.BeginWrite();
        var run = RunRows.FindById(database, runId);
        Require.That(run is not null);
        if (RunRows.Standing(database, run!.Head).Number == run.Number)
        {
            return false;
        }

        var number = RunRows.NextNumber(database);
        database.Execute(Insert, number, run.Number, StoreText.Of(at), by);
        AuditRows.Append(
            database, at, by, AuditChain.Action.RunReinstated, new ReinstatementPayload(run.Head.Id, number).Write());
        transaction.Commit();
        return true;
    }

    /// <summary>The first that the audit chain does not know, or knows and is not there; null where there is none.</summary>
    /// <param name="payloads">Of the chain's entries about reinstatements, in their order.</param>
    public static string? FirstFault(Database database, IReadOnlyList<string> payloads)
    {
        var found = database.All(All, row => new ReinstatementPayload(row.Text(1), row.Number(0)).Write());
        return found.SequenceEqual(payloads) ? null : "the reinstatements of runs are not those that were recorded";
    }
}
