// Binds the databases that a workspace names: which server, where, and which secret opens it.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed partial class ConnectionBinder(Report report)
{
    public static readonly (string Word, DatabaseServer Server)[] Servers =
    [
        ("sqlserver", DatabaseServer.SqlServer), ("postgresql", DatabaseServer.PostgreSql), ("mysql", DatabaseServer.MySql),
        ("sqlite", DatabaseServer.Sqlite),
    ];

    public static readonly (string Word, bool IsSerializable)[] Isolations = [("snapshot", false), ("serializable", true)];

    static readonly string[] Settings = ["connect_timeout", "command_timeout", "isolation"];

    const string Example = """{ BOOKS: { postgresql: "Host=db;Database=recon;Username=recon_run", password: secret:BOOKS_PASSWORD } }""";

    static IEnumerable<string> Words => Servers.Select(server => server.Word);

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
        var keys = new Keys(map, owner, WorkspaceShapes.Connection, report);
        if (!Names(keys, owner, out var server) || Where(keys, server) is not { } where)
        {
            return null;
        }

        var spec = Set(where, keys);
        return Environments(keys, spec) is { Count: > 0 } environments ? spec with { In = environments } : spec;
    }

    bool Names(Keys keys, Place owner, out (string Word, DatabaseServer Server) server)
    {
        var named = Servers.Where(known => keys.Has(known.Word)).ToList();
        server = named.Count == 1 ? named[0] : default;
        if (named.Count != 1)
        {
            report.Add(Findings.OneOf, owner, Example, "a connection", string.Join(", ", Words));
        }

        return named.Count == 1;
    }

    ConnectionSpec? Where(Keys keys, (string Word, DatabaseServer Server) server)
    {
        if (server.Server == DatabaseServer.Sqlite)
        {
            keys.RefuseIfPresent("password", "an SQLite file has none");
        }

        var password = keys.Scalar("password");
        return keys.Scalar(server.Word) is { } text && IsTextOrSecret(text) && (password is null || IsSecret(password))
            ? new ConnectionSpec(server.Server, text.Text, password?.Text[ConnectionSpec.SecretPrefix.Length..])
            : null;
    }

    ConnectionSpec Set(ConnectionSpec spec, Keys keys)
    {
        if (spec.Server == DatabaseServer.Sqlite)
        {
            keys.RefuseIfPresent("connect_timeout", "a file is opened at once");
        }

        if (spec.Server != DatabaseServer.SqlServer)
        {
            keys.RefuseIfPresent("isolation", "this server always reads as of one moment");
        }

        var isolation = keys.Scalar("isolation") is { } word && Binding.Words.Choose(word, Isolations, report, out var serializable)
            ? serializable : (bool?)null;
        return spec with
        {
            ConnectTimeout = Duration(keys, "connect_timeout", TimeSpan.FromMinutes(10)) ?? spec.ConnectTimeout,
            CommandTimeout = Duration(keys, "command_timeout", TimeSpan.FromDays(1)) ?? spec.CommandTimeout,
            IsSerializable = isolation ?? spec.IsSerializable,
        };
    }

    TimeSpan? Duration(Keys keys, string key, TimeSpan most) =>
        keys.Scalar(key) is { } node ? Durations.Bind(node, node.Text, TimeSpan.FromSeconds(1), most, report) : null;

    // An environment says what differs there: another place altogether, time-outs, or both.
    Dictionary<string, ConnectionSpec> Environments(Keys keys, ConnectionSpec everywhere)
    {
        var environments = new Dictionary<string, ConnectionSpec>(StringComparer.Ordinal);
        foreach (var entry in keys.Map("in")?.Entries ?? [])
        {
            if (keys.Shape<MapNode>(entry.Value, "{ sqlserver: secret:LEDGER_PROD, command_timeout: 2h }") is not { } map)
            {
                continue;
            }

            var inner = new Keys(map, entry.Key.Place, WorkspaceShapes.ConnectionThere, report);
            ConnectionSpec? where = everywhere;
            if (Words.Any(inner.Has) || inner.Has("password"))
            {
                where = Names(inner, entry.Key.Place, out var server) && Where(inner, server) is { } elsewhere
                    ? elsewhere with
                    {
                        ConnectTimeout = everywhere.ConnectTimeout,
                        CommandTimeout = everywhere.CommandTimeout,
                        IsSerializable = everywhere.IsSerializable && elsewhere.Server == DatabaseServer.SqlServer,
                    }
                    : null;
            }

            if (where is not null)
            {
                environments[entry.Key.Text] = Set(where, inner);
            }
        }

        return environments;
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
