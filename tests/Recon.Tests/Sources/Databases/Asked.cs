// A source that is a query, bound from a pack as its author writes it, and read.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Ports;
using Recon.Sources;
using Xunit;

namespace Recon.Tests.Sources.Databases;

static class Asked
{
    public static readonly DateOnly Date = new(2026, 2, 27);

    /// <param name="query">One line.</param>
    /// <param name="fields">As in a pack: <c>id: text, amount: { type: money, currency: EUR }</c>.</param>
    /// <param name="more">Further keys of <c>read</c>, each behind a comma.</param>
    public static SourceSpec Source(string query, string fields = "id: text", string more = "", string zone = "UTC")
    {
        var pack = $$"""
            recon: 1
            pack: { id: asked, version: 1.0.0 }
            sources:
              ledger:
                role: books
                read: { sql: LEDGER, query: "{{query.Replace("\"", "\\\"", StringComparison.Ordinal)}}"{{more}} }
                id: id
                zone: {{zone}}
                fields: { {{fields}} }
              other: { role: external, read: { csv: other.csv }, id: id, fields: { id: text } }
            passes: [ { id: p, join: ledger 1:1 other, key: id } ]
            classify: [ { id: unexplained, status: suspicious, otherwise: true } ]
            resolve: [ { for: unexplained, tier: manual } ]
            """;
        var load = PackLoader.Load(new PackText("pack.yaml", Encoding.UTF8.GetBytes(pack)), null, PackOptions.Default);
        Assert.DoesNotContain(load.Diagnostics, found => found.Severity == Severity.Error && found.Code != "RC4003");
        return load.Sources[0];
    }

    public static SourceReader Reader(Connection connection) => new("none", _ => connection);

    public static RawTable Read(TestDatabase database, SourceSpec source) =>
        Reader(database.Connection).Read(source, new ReadRequest("pack", Date), CancellationToken.None);

    public static ReconException Fault(TestDatabase database, SourceSpec source) =>
        Assert.Throws<ReconException>(() => Read(database, source));

    /// <summary>The cells of a table, row by row, <c>|</c> between two; sorted, for a server owes nobody an order.</summary>
    public static IReadOnlyList<string> Rows(RawTable table) =>
        [.. Enumerable.Range(0, table.Count).Select(row => string.Join('|', table.Columns.Select(column => column.Text(row)))).Order(StringComparer.Ordinal)];
}
