// What is asked of a table that takes postings, in the words of its server.
using Recon.Model;

namespace Recon.Delivery;

/// <param name="table">A name, or schema and name with a point between them; letters, digits and underscores.</param>
sealed class TableStatements(DatabaseServer server, string table)
{
    static readonly string[] Names =
        ["posting_key", "effect", "pack", "posting_rule", "business_date", "run_id", "target", "debit", "credit", "amount", "currency", "break_id"];

    /// <summary>The columns, in the order of the values of a row.</summary>
    public static IReadOnlyList<string> Columns => Names;

    /// <summary>The effect of what the table has under <c>@posting_key</c>.</summary>
    public string Effect => $"SELECT {Quoted("effect")} FROM {Table} WHERE {Quoted("posting_key")} = @posting_key";

    /// <summary>The amount as the table keeps it, as text.</summary>
    public string Amount => $"SELECT CAST({Quoted("amount")} AS {Text}) FROM {Table} WHERE {Quoted("posting_key")} = @posting_key";

    public string Insert => $"INSERT INTO {Table} ({string.Join(", ", Names.Select(Quoted))}) VALUES ({string.Join(", ", Names.Select(Value))})";

    string Table => string.Join('.', table.Split('.').Select(Quoted));

    string Text => server == DatabaseServer.SqlServer ? "nvarchar(100)" : "text";

    // PostgreSQL casts no text by itself; 38 digits are what SQL Server has.
    string Value(string column) => (server, column) switch
    {
        (DatabaseServer.PostgreSql, "amount") => "CAST(@amount AS numeric)",
        (DatabaseServer.PostgreSql, "business_date") => "CAST(@business_date AS date)",
        _ => $"@{column}",
    };

    string Quoted(string name) => server == DatabaseServer.SqlServer ? $"[{name}]" : $"\"{name}\"";
}
