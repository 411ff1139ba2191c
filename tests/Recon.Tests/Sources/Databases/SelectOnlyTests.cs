// What SQL Server is asked is one SELECT that changes nothing, and all T-SQL that Recon itself writes is parsed as SQL Server 2019 does.
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Sources.Databases.SqlServer;
using Xunit;

namespace Recon.Tests.Sources.Databases;

public sealed class SelectOnlyTests
{
    [Theory]
    [InlineData("SELECT id FROM entries WHERE booked BETWEEN @window_from AND @window_to ORDER BY id OFFSET 0 ROWS")]
    [InlineData("WITH e AS (SELECT id, amount FROM dbo.entries) SELECT TOP (5) id FROM e UNION ALL SELECT id FROM other..entries OPTION (MAXDOP 1)")]
    [InlineData("SELECT id FROM entries WITH (INDEX (by_day), FORCESEEK) CROSS APPLY dbo.parts(id) p")]
    public void A_select_is_asked(string sql) => Assert.Null(SelectOnly.Fault(sql));

    [Theory]
    [InlineData("SELECT id INTO copies FROM entries", "line 1, column 16: INTO makes a table")]
    [InlineData("SELECT NEXT VALUE FOR numbers AS id", "line 1, column 8: NEXT VALUE FOR takes a number out of a sequence")]
    [InlineData("SELECT id FROM OPENQUERY(elsewhere, 'SELECT 1 AS id')", "line 1, column 16: OPENQUERY asks another server, and not as of this moment")]
    [InlineData("SELECT id FROM OPENROWSET(BULK '/etc/passwd', SINGLE_CLOB) x", "line 1, column 16: OPENROWSET reads files")]
    [InlineData("SELECT id FROM elsewhere.db.dbo.entries", "line 1, column 16: a linked server is not seen as of this moment; give it a connection of its own")]
    [InlineData("SELECT id FROM entries WITH (NOLOCK)", "line 1, column 30: the hint NOLOCK takes locks or reads past the snapshot")]
    [InlineData("SELECT id FROM entries (TABLOCKX)", "line 1, column 25: the hint TABLOCKX takes locks or reads past the snapshot")]
    [InlineData("SELECT id FROM entries; DROP TABLE entries", "it is not one SELECT")]
    [InlineData("SELECT id FROM entries EXEC sp_who", "it is not one SELECT")]
    [InlineData("SELECT id FROM entries\nGO\nDROP TABLE entries", "it is not one SELECT")]
    [InlineData("DELETE FROM entries", "it is not one SELECT")]
    [InlineData("SELECT id FROM entries LIMIT 5", "line 1, column 24: Incorrect syntax near 'LIMIT'.")]
    public void All_else_is_refused_with_its_place(string sql, string fault) => Assert.Equal(fault, SelectOnly.Fault(sql));

    [Fact]
    public void A_query_that_is_refused_is_never_sent()
    {
        var nowhere = new Connection("LEDGER", DatabaseServer.SqlServer, "Data Source=127.0.0.1,1;Connect Timeout=1");
        var fault = Assert.Throws<ReconException>(() => Asked.Reader(nowhere)
            .Read(Asked.Source("SELECT id FROM entries WITH (NOLOCK)"), new ReadRequest("pack", Asked.Date), CancellationToken.None));
        Assert.Equal("LEDGER: query: line 1, column 30: the hint NOLOCK takes locks or reads past the snapshot", fault.Message);
    }

    [Theory]
    [InlineData(SqlServerSession.AllowsSnapshots)]
    public void What_Recon_itself_asks_is_parsed_as_SQL_Server_2019_parses_it(string sql)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        Assert.Empty(errors);
        Assert.Null(SelectOnly.Fault(sql));
    }
}
