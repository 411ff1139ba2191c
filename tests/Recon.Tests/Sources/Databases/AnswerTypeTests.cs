// What each server has in a column is read exactly, and what is no field is said.
using Recon.Model;
using Xunit;

namespace Recon.Tests.Sources.Databases;

public sealed class AnswerTypeTests
{
    /// <summary>Server, an expression of it, its type as a pack names it, and the cell.</summary>
    public static TheoryData<DatabaseServer, string, string, string> Values => new()
    {
        { DatabaseServer.Sqlite, "CAST(7 AS INTEGER)", "integer", "7" },
        { DatabaseServer.Sqlite, "'10.10'", "decimal", "10.10" },
        { DatabaseServer.Sqlite, "NULL", "decimal", "" },
        { DatabaseServer.PostgreSql, "123456789012345678901234567890.0123456789::numeric", "decimal", "123456789012345678901234567890.0123456789" },
        { DatabaseServer.PostgreSql, "10.10::numeric(12, 2)", "decimal", "10.10" },
        { DatabaseServer.PostgreSql, "(-1)::smallint", "integer", "-1" },
        { DatabaseServer.PostgreSql, "true", "boolean", "true" },
        { DatabaseServer.PostgreSql, "false", "boolean", "false" },
        { DatabaseServer.PostgreSql, "date '2026-02-27'", "date", "2026-02-27" },
        { DatabaseServer.PostgreSql, "timestamp '2026-02-27 10:00:05.123456'", "timestamp", "2026-02-27 10:00:05.123456" },
        { DatabaseServer.PostgreSql, "timestamptz '2026-02-27 10:00:05+05:30'", "instant", "2026-02-27 04:30:05+00" },
        { DatabaseServer.PostgreSql, "'6f1e6b3a-0000-4000-8000-00000000000a'::uuid", "text", "6f1e6b3a-0000-4000-8000-00000000000a" },
        { DatabaseServer.PostgreSql, "'ab '::char(5)", "text", "ab   " },
        { DatabaseServer.PostgreSql, "NULL::numeric", "decimal", "" },
        { DatabaseServer.PostgreSql, "'{\"a\": 1}'::jsonb", "text", "{\"a\": 1}" },
        { DatabaseServer.SqlServer, "CAST(255 AS tinyint)", "integer", "255" },
        { DatabaseServer.SqlServer, "CAST(-1 AS smallint)", "integer", "-1" },
        { DatabaseServer.SqlServer, "CAST(-2147483648 AS int)", "integer", "-2147483648" },
        { DatabaseServer.SqlServer, "CAST('-1234567890123456789012345678.01234' AS decimal(38, 5))", "decimal", "-1234567890123456789012345678.01234" },
        { DatabaseServer.SqlServer, "CAST(0.05 AS numeric(3, 2))", "decimal", "0.05" },
        { DatabaseServer.SqlServer, "CAST(-922337203685477.5808 AS money)", "decimal", "-922337203685477.5808" },
        { DatabaseServer.SqlServer, "CAST(10.1 AS smallmoney)", "decimal", "10.1000" },
        { DatabaseServer.SqlServer, "CAST(1 AS bit)", "boolean", "true" },
        { DatabaseServer.SqlServer, "CAST('2026-02-27' AS date)", "date", "2026-02-27" },
        { DatabaseServer.SqlServer, "CAST('2026-02-27T10:00:05.1234567' AS datetime2)", "timestamp", "2026-02-27 10:00:05.1234567" },
        { DatabaseServer.SqlServer, "CAST('2026-02-27T10:00:05' AS datetime)", "timestamp", "2026-02-27 10:00:05" },
        { DatabaseServer.SqlServer, "CAST('2026-02-27T10:00:05+05:30' AS datetimeoffset)", "instant", "2026-02-27 04:30:05+00" },
        { DatabaseServer.SqlServer, "CAST('10:00:05' AS time)", "text", "10:00:05" },
        { DatabaseServer.SqlServer, "CAST('6F1E6B3A-0000-4000-8000-0000000000AB' AS uniqueidentifier)", "text", "6f1e6b3a-0000-4000-8000-0000000000ab" },
        { DatabaseServer.SqlServer, "CAST(N'ü语' AS nvarchar(max))", "text", "ü语" },
        { DatabaseServer.SqlServer, "CAST('ab' AS char(5))", "text", "ab   " },
        { DatabaseServer.SqlServer, "CAST(N'<a>1</a>' AS xml)", "text", "<a>1</a>" },
        { DatabaseServer.SqlServer, "CAST(NULL AS money)", "decimal", "" },
        { DatabaseServer.MySql, "CAST('-123456789012345678901234567890.01234' AS decimal(40, 5))", "decimal", "-123456789012345678901234567890.01234" },
        { DatabaseServer.MySql, "CAST(0.05 AS decimal(3, 2))", "decimal", "0.05" },
        { DatabaseServer.MySql, "CAST(18446744073709551615 AS unsigned)", "integer", "18446744073709551615" },
        { DatabaseServer.MySql, "CAST(-7 AS signed)", "integer", "-7" },
        { DatabaseServer.MySql, "DATE '2026-02-27'", "date", "2026-02-27" },
        { DatabaseServer.MySql, "TIMESTAMP '2026-02-27 10:00:05.123456'", "timestamp", "2026-02-27 10:00:05.123456" },
        { DatabaseServer.MySql, "CAST('-838:59:58.5' AS time(1))", "text", "-838:59:58.500000" },
        { DatabaseServer.MySql, "'ü''s 语'", "text", "ü's 语" },
        { DatabaseServer.MySql, "NULL", "decimal", "" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Each_type_is_read_as_the_server_has_it(DatabaseServer server, string value, string type, string expected)
    {
        using var database = TestDatabase.OrSkip(server);
        var table = Asked.Read(database, Asked.Source($"SELECT 'a' AS id, {value} AS v", more: $", columns: {{ id: text, v: {type} }}"));
        Assert.Equal(expected, table.Column("v")!.Text(0));
    }

    [Fact]
    public void A_timestamp_of_MySQL_is_a_moment_and_a_date_that_no_calendar_has_is_a_reject()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.MySql);
        database.Execute("""
            SET time_zone = '+01:00', sql_mode = '';
            CREATE TABLE entries (id char(5), at timestamp(6) NULL, day date, tiny tinyint(1), bits bit(3), y year, note enum('x', 'y'));
            INSERT INTO entries VALUES ('a', '2026-02-27 10:00:05.5', '2026-02-27', 2, b'101', 2026, 'y'), ('b', NULL, '0000-00-00', 0, b'0', 2026, 'x');
            """);
        var source = Asked.Source("SELECT * FROM entries", "id: text, at: optional instant, day: date");
        var table = Asked.Read(database, source);
        Assert.Equal(["a|2026-02-27 09:00:05.5+00|2026-02-27|2|5|2026|y"], Asked.Rows(table));
        Assert.StartsWith("day: a date that no calendar has", table.Rejects[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, Asked.Read(database, Asked.Source("SELECT * FROM entries")).Count);
    }
}
