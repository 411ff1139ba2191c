// Says what a failure of SQL Server means: whether to try again, and who can mend it.
using Microsoft.Data.SqlClient;
using Recon.Model;
using Recon.Store.Servers;

namespace Recon.Store.SqlServer;

static class SqlServerFault
{
    public static ReconException Of(SqlException fault, string name)
    {
        var (meaning, isTransient) = Meaning(fault);
        return new ReconException($"{name}: {meaning} (error {fault.Number})", FaultKind.Storage, isTransient, fault);
    }

    public static bool IsDuplicate(SqlException fault) => fault.Number is 2627 or 2601;

    // Numbers: learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors, and SqlClient's own below 0.
    static (string Meaning, bool IsTransient) Meaning(SqlException fault) => fault.Number switch
    {
        1205 => ("a deadlock: the server ended this transaction for the sake of another", true),
        -2 => ("the server did not answer in time", true),
        2627 or 2601 => ("another process wrote the same at the same time", true),
        -1 or 2 or 20 or 53 or 64 or 121 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001 =>
            ($"the server cannot be reached, or the connection was lost: {fault.Message}", true),
        10928 or 10929 or 40197 or 40501 or 40613 or 49918 or 49919 or 49920 => ("the server is too busy, or moves elsewhere", true),
        17197 or 6005 or 6006 or 596 or 978 or 983 => ("the server is going down or coming up", true),
        1105 or 9002 => ("the disk or the log of the server is full: nothing was recorded; free some space and run again", false),
        701 or 802 => ("the server is out of memory", true),
        3906 or 3908 => ("this database takes no writes", false),
        18456 or 18452 or 18487 or 18488 => ("the server does not let this user in: look at the user and the password", false),
        4060 => ("there is no such database on the server, or this user may not open it", false),
        229 or 230 or 262 or 300 => ($"this user may not do that: {fault.Message} {ServerDatabase.Rights}", false),
        823 or 824 or 825 => ("the database is damaged; restore it from a backup", false),
        _ => (fault.Message, fault.IsTransient),
    };
}
