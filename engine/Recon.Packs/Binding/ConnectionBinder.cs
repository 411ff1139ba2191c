// Binds the databases that a workspace names: which server, where, and which secret opens it.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

sealed partial class ConnectionBinder(Report report)
{
    static readonly (string Word, DatabaseServer Server)[] Servers =
    [
        ("sqlserver", DatabaseServer.SqlServer), ("postgresql", DatabaseServer.PostgreSql), ("mysql", DatabaseServer.MySql),
        ("sqlite", DatabaseServer.Sqlite),
    ];

    const string Example = """{ BOOKS: { postgresql: "Host=db;Database=recon;Username=recon_run", password: secret:BOOKS_PASSWORD } }""";

    public Dictionary<string, ConnectionSpec> Bind(Keys workspace)
    {
        var connections = new Dictionary<string, ConnectionSpec>(StringComparer.Ordinal);
        foreach (var entry in workspace.Map("connections")?.Entries ?? [])
        {
            if (!Name().IsMatch(entry.Key.Text))
            {
                report.Add(Findings.BadName, entry.Key.Place, "LEDGER", entry.Key.Text, "the name of a connection");
            }
            else if (workspace.Shape<MapNode>(entry.Value, $"a mapping such as {Example}") is { } map && Bind(map, entry.Key.Place) is { } spec)
            {
                connections[entry.Key.Text] = spec;
            }
        }

        return connections;
    }

    ConnectionSpec? Bind(MapNode map, Place owner)
    {
        var words = Servers.Select(server => server.Word).ToArray();
        var keys = new Keys(map, owner, "a connection", report, [.. words, "password"]);
        var named = Servers.Where(server => keys.Has(server.Word)).ToList();
        if (named is not [var (word, server)])
        {
            report.Add(Findings.OneOf, owner, Example, "a connection", string.Join(", ", words));
            return null;
        }

        if (server == DatabaseServer.Sqlite)
        {
            keys.RefuseIfPresent("password", "an SQLite file has none");
        }

        var password = keys.Scalar("password");
        return keys.Scalar(word) is { } text && IsTextOrSecret(text) && (password is null || IsSecret(password))
            ? new ConnectionSpec(server, text.Text, password?.Text[ConnectionSpec.SecretPrefix.Length..])
            : null;
    }

    bool IsTextOrSecret(ScalarNode node) => !node.Text.StartsWith(ConnectionSpec.SecretPrefix, StringComparison.Ordinal) || IsSecret(node);

    bool IsSecret(ScalarNode node)
    {
        if (Secret().IsMatch(node.Text))
        {
            return true;
        }

        report.Add(Findings.BadText, node.Place, "secret:BOOKS_PASSWORD", "…", "secret: and the name of an environment variable");
        return false;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^secret:[A-Za-z_][A-Za-z0-9_]{0,126}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
