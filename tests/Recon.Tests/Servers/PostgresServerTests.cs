// The server of the tests is what the other tests take it for.
using Npgsql;
using Xunit;

namespace Recon.Tests.Servers;

public sealed class PostgresServerTests
{
    [Fact]
    public void Each_test_has_a_database_of_its_own_and_texts_are_in_a_dictionarys_order()
    {
        var server = PostgresServer.OrSkip();
        Assert.NotEqual(server.NewDatabase(), server.NewDatabase());
        using var connection = new NpgsqlConnection(server.NewDatabase());
        connection.Open();
        using var command = new NpgsqlCommand("SELECT 'a' < 'B', 'a' < 'B' COLLATE \"C\"", connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal((true, false), (reader.GetBoolean(0), reader.GetBoolean(1)));
    }
}
