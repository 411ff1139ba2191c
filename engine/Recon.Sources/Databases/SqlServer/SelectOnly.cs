// Holds a query for SQL Server to reading, by its syntax tree.
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Recon.Sources.Databases.SqlServer;

/// <summary>
/// SQL Server knows no transaction that only reads, so the tree that its own parser makes of the text is the hold: one SELECT that changes
/// nothing, stays on this server, and takes no lock and no short cut past the snapshot.
/// </summary>
sealed class SelectOnly : TSqlFragmentVisitor
{
    static readonly TableHintKind[] HintsOfPlans = [TableHintKind.Index, TableHintKind.ForceSeek, TableHintKind.ForceScan, TableHintKind.NoExpand];

    TSqlFragment? _at;
    string? _what;

    /// <summary>Why a text is not sent, with its line and column, both from 1; null where it is.</summary>
    public static string? Fault(string sql)
    {
        var tree = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        if (errors.Count > 0)
        {
            return $"line {errors[0].Line}, column {errors[0].Column}: {errors[0].Message}";
        }

        if (tree is not TSqlScript { Batches: [{ Statements: [SelectStatement select] }] })
        {
            return "it is not one SELECT";
        }

        var visitor = new SelectOnly();
        select.Accept(visitor);
        return visitor._what is { } what ? $"line {visitor._at!.StartLine}, column {visitor._at.StartColumn}: {what}" : null;
    }

    public override void Visit(SelectStatement node)
    {
        if (node.Into is { } into)
        {
            Refuse(into, "INTO makes a table");
        }
    }

    public override void Visit(NextValueForExpression node) => Refuse(node, "NEXT VALUE FOR takes a number out of a sequence");

    public override void Visit(OpenRowsetTableReference node) => Refuse(node, "OPENROWSET reads elsewhere");

    public override void Visit(BulkOpenRowset node) => Refuse(node, "OPENROWSET reads files");

    public override void Visit(InternalOpenRowset node) => Refuse(node, "OPENROWSET reads elsewhere");

    public override void Visit(OpenQueryTableReference node) => Refuse(node, "OPENQUERY asks another server, and not as of this moment");

    public override void Visit(AdHocTableReference node) => Refuse(node, "OPENDATASOURCE asks another server, and not as of this moment");

    public override void Visit(SchemaObjectName node)
    {
        if (node.ServerIdentifier is not null)
        {
            Refuse(node, "a linked server is not seen as of this moment; give it a connection of its own");
        }
    }

    public override void Visit(TableHint node)
    {
        if (!HintsOfPlans.Contains(node.HintKind))
        {
            Refuse(node, $"the hint {node.HintKind.ToString().ToUpperInvariant()} takes locks or reads past the snapshot");
        }
    }

    // The first counts.
    void Refuse(TSqlFragment at, string what)
    {
        if (_what is null || at.StartOffset < _at!.StartOffset)
        {
            (_at, _what) = (at, what);
        }
    }
}
