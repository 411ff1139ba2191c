// The laws of a store, held on each server.
using Recon.Tests.Store.Evidence;

namespace Recon.Tests.Store;

public sealed class SqliteRunStoreTests() : RunStoreTests(new SqliteTempStore());

public sealed class PostgreSqlRunStoreTests() : RunStoreTests(new PostgreSqlTempStore());

public sealed class SqlServerRunStoreTests() : RunStoreTests(new SqlServerTempStore());

public sealed class SqliteRecordTransactionTests() : RecordTransactionTests(new SqliteTempStore());

public sealed class PostgreSqlRecordTransactionTests() : RecordTransactionTests(new PostgreSqlTempStore());

public sealed class SqlServerRecordTransactionTests() : RecordTransactionTests(new SqlServerTempStore());

public sealed class SqliteClaimTests() : ClaimTests(new SqliteTempStore());

public sealed class PostgreSqlClaimTests() : ClaimTests(new PostgreSqlTempStore());

public sealed class SqlServerClaimTests() : ClaimTests(new SqlServerTempStore());

public sealed class SqliteReadingWhileWritingTests() : ReadingWhileWritingTests(new SqliteTempStore());

public sealed class PostgreSqlReadingWhileWritingTests() : ReadingWhileWritingTests(new PostgreSqlTempStore());

public sealed class SqlServerReadingWhileWritingTests() : ReadingWhileWritingTests(new SqlServerTempStore());

public sealed class SqliteBreakListTests() : BreakListTests(new SqliteTempStore());

public sealed class PostgreSqlBreakListTests() : BreakListTests(new PostgreSqlTempStore());

public sealed class SqlServerBreakListTests() : BreakListTests(new SqlServerTempStore());

public sealed class SqliteScheduleStoreTests() : ScheduleStoreTests(new SqliteTempStore());

public sealed class PostgreSqlScheduleStoreTests() : ScheduleStoreTests(new PostgreSqlTempStore());

public sealed class SqlServerScheduleStoreTests() : ScheduleStoreTests(new SqlServerTempStore());

public sealed class SqliteUndoTests() : UndoTests(new SqliteTempStore());

public sealed class PostgreSqlUndoTests() : UndoTests(new PostgreSqlTempStore());

public sealed class SqlServerUndoTests() : UndoTests(new SqlServerTempStore());

public sealed class SqliteActTests() : ActTests(new SqliteTempStore());

public sealed class PostgreSqlActTests() : ActTests(new PostgreSqlTempStore());

public sealed class SqlServerActTests() : ActTests(new SqlServerTempStore());

public sealed class SqliteEvidenceFileTests() : EvidenceFileTests(new SqliteTempStore());

public sealed class PostgreSqlEvidenceFileTests() : EvidenceFileTests(new PostgreSqlTempStore());

public sealed class SqlServerEvidenceFileTests() : EvidenceFileTests(new SqlServerTempStore());

public sealed class SqlitePurgeTests() : PurgeTests(new SqliteTempStore());

public sealed class PostgreSqlPurgeTests() : PurgeTests(new PostgreSqlTempStore());

public sealed class SqlServerPurgeTests() : PurgeTests(new SqlServerTempStore());
