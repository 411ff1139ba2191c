// Says what a failure of PostgreSQL means: whether to try again, and who can mend it.
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using Recon.Model;
using Recon.Store.Servers;

namespace Recon.Store.PostgreSql;

static class PostgreSqlFault
{
    const string IdleInTransaction = "25P03";

    public static ReconException Of(DbException fault, string name)
    {
        var (meaning, isTransient) = fault is PostgresException told ? Told(told) : Silent((NpgsqlException)fault);
        return new ReconException($"{name}: {meaning}", FaultKind.Storage, isTransient, fault);
    }

    // SQLSTATE, https://www.postgresql.org/docs/15/errcodes-appendix.html
    static (string Meaning, bool IsTransient) Told(PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.DeadlockDetected => ("a deadlock: the server ended this transaction for the sake of another", true),
        PostgresErrorCodes.SerializationFailure => ("another transaction came in between", true),
        PostgresErrorCodes.LockNotAvailable => ("another process is writing, and did not end in time", true),
        PostgresErrorCodes.QueryCanceled => ("the server took too long and was told to stop", true),
        PostgresErrorCodes.TooManyConnections => ("the server has too many connections", true),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            ("the server is going down or coming up", true),
        IdleInTransaction => ("this process stood still in its turn, which the server gave to another", true),
        PostgresErrorCodes.UniqueViolation => ("another process wrote the same at the same time", true),
        PostgresErrorCodes.DiskFull => ("the disk of the server is full: nothing was recorded; free some space and run again", false),
        PostgresErrorCodes.OutOfMemory => ("the server is out of memory", true),
        PostgresErrorCodes.ReadOnlySqlTransaction => ("this server takes no writes: it is a standby, or its transactions are read-only", false),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            ("the server does not let this user in: look at the user, the password and pg_hba.conf", false),
        PostgresErrorCodes.InvalidCatalogName => ("there is no such database on the server", false),
        PostgresErrorCodes.InsufficientPrivilege =>
            ($"this user may not do that ({fault.MessageText}); {ServerDatabase.Rights}", false),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn =>
            ($"the schema is not this engine's ({fault.MessageText}); see 'recon db status'", false),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => ("the database is damaged; restore it from a backup", false),
        _ => ($"{fault.MessageText} ({fault.SqlState})", fault.IsTransient),
    };

    static (string Meaning, bool IsTransient) Silent(NpgsqlException fault) => fault.InnerException switch
    {
        TimeoutException => ("the server did not answer in time", true),
        SocketException socket => ($"the server cannot be reached: {socket.Message}", true),
        IOException or ObjectDisposedException => ("the connection was lost", true),
        _ => (fault.Message, fault.IsTransient),
    };
}
