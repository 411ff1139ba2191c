// Holds SQL of a pack to one SELECT that changes nothing.
using System.Collections.Frozen;

namespace Recon.Packs.Queries;

/// <summary>
/// The check before any server sees the text. It knows no grammar: it asks for one statement that begins with SELECT or WITH, and
/// refuses every word that could write, run or leave the database, wherever it stands outside quotes. A column of such a name is
/// written in quotes. What runs is held to reading by the server besides: a transaction that is read only where there is one, and a
/// login that may only read.
/// </summary>
static class ReadOnlyQuery
{
    // What can stand inside one statement, and begin another on a server that needs no ';' between two.
    static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        "insert", "update", "delete", "merge", "upsert", "into", "outfile", "dumpfile", "returning", "procedure", "lock",
        "create", "alter", "drop", "truncate", "rename", "grant", "revoke", "deny", "exec", "execute", "backup", "restore",
        "attach", "detach", "pragma", "vacuum", "reindex", "commit", "rollback", "savepoint", "declare", "deallocate", "prepare",
        "shutdown", "reconfigure", "waitfor", "raiserror", "dbcc", "checkpoint", "openrowset", "openquery", "opendatasource", "openxml",
    ], StringComparer.OrdinalIgnoreCase);

    // Beginnings of the names of functions that act, wait, or read what is no table.
    static readonly string[] Functions =
    [
        "pg_", "lo_", "dblink", "set_config", "setval", "nextval", "query_to_", "cursor_to_", "table_to_", "schema_to_", "database_to_",
        "load_extension", "load_file", "readfile", "writefile", "sleep", "benchmark", "get_lock", "release_lock", "release_all", "sys_",
        "xp_", "sp_",
    ];

    /// <summary>What is wrong with the query; null where nothing is.</summary>
    public static QueryFault? Fault(IReadOnlyList<QueryToken> tokens)
    {
        if (tokens.Count == 0)
        {
            return new QueryFault("there is no statement", 0);
        }

        if (!tokens[0].Is("select") && !tokens[0].Is("with"))
        {
            return new QueryFault($"it begins with '{tokens[0].Text}', not with SELECT or WITH", tokens[0].Offset);
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            if (FaultAt(tokens, i) is { } what)
            {
                return new QueryFault(what, tokens[i].Offset);
            }
        }

        return null;
    }

    static string? FaultAt(IReadOnlyList<QueryToken> tokens, int i)
    {
        var token = tokens[i];
        var next = i + 1 < tokens.Count ? tokens[i + 1] : default;
        if (token is { Kind: QueryTokenKind.Sign, Text: ";" })
        {
            return "';' ends a statement, and a query is one";
        }

        if (Words.Contains(token.Text) && token.Kind == QueryTokenKind.Word)
        {
            return $"'{token.Text}' does not belong to reading; a column of that name stands in quotes";
        }

        if (token.Is("for") && next.Is("share"))
        {
            return "'for share' locks what is read";
        }

        var name = token.Text.Trim('"', '`');
        return next is { Kind: QueryTokenKind.Sign, Text: "(" } && token.Kind is QueryTokenKind.Word or QueryTokenKind.Quoted
            && Functions.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            ? $"the function '{name}' acts, waits or reads what is no table"
            : null;
    }
}
