// Tries to keep matches as files: written down before the files are, so that what a crash left behind is known.
using Recon.Store.Evidence;

namespace Recon.Store.Rows;

static class AttemptRows
{
    public static void Add(Database database, EvidenceAttempt attempt, DateTimeOffset at) => database.Execute(
        database.Sql["evidence_attempts.add"], attempt.Id, attempt.Run, attempt.PackId, attempt.BusinessDate, at);

    /// <summary>Those of a pack and date that no recorded run has files of. Call it while the date is claimed: one of them may be at work.</summary>
    public static List<EvidenceAttempt> WithoutRun(Database database, string packId, DateOnly businessDate) =>
        database.All(database.Sql["evidence_attempts.without_run_of_date"], Read, packId, businessDate);

    /// <summary>Those of every pack and date.</summary>
    public static List<EvidenceAttempt> WithoutRun(Database database) => database.All(database.Sql["evidence_attempts.without_run"], Read);

    static EvidenceAttempt Read(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Date(3));
}
