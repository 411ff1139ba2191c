// Binds where a workspace sends postings.
using System.Text.RegularExpressions;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed partial class TargetBinder(Report report)
{
    const string Example = "{ file: out/ledger.jsonl } or { http: \"https://erp.example/postings\", token: secret:ERP_TOKEN }";

    static readonly string[] Kinds = ["file", "http", "sql"];

    static readonly (string, bool)[] YesOrNo = [("true", true), ("false", false)];

    public Dictionary<string, TargetSpec> Bind(Keys workspace)
    {
        var targets = new Dictionary<string, TargetSpec>(StringComparer.Ordinal);
        foreach (var entry in workspace.Map("targets")?.Entries ?? [])
        {
            if (workspace.Shape<MapNode>(entry.Value, Example) is { } map
                && Target(new Keys(map, entry.Key.Place, WorkspaceShapes.Target, report)) is { } target)
            {
                targets[entry.Key.Text] = target;
            }
        }

        return targets;
    }

    TargetSpec? Target(Keys keys)
    {
        if (Kinds.Count(keys.Has) != 1)
        {
            report.Add(Findings.OneOf, keys.Owner, Example, "a target", string.Join(", ", Kinds));
            return null;
        }

        if (keys.Has("sql"))
        {
            return Table(keys);
        }

        keys.RefuseIfPresent("table", "only 'sql' has tables");

        var timeout = keys.Scalar("timeout") is { } node
            ? Durations.Bind(node, node.Text, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), report)
            : Defaults.TargetTimeout;
        var isPrivate = keys.Scalar("private") is { } word && Words.Choose(word, YesOrNo, report, out var said) && said;
        var token = keys.Scalar("token") is { } secret ? Token(secret) : null;
        if (keys.Scalar("file") is { } file)
        {
            RefuseHttp(keys, "a file is on this machine");
            RefuseOutside(file);
            return new TargetSpec(file.Text, null, null, Defaults.TargetTimeout, IsPrivate: false);
        }

        return keys.Scalar("http") is { } url && Url(url, isPrivate) is { } address
            ? new TargetSpec(null, address, token, timeout ?? Defaults.TargetTimeout, isPrivate)
            : null;
    }

    TargetSpec? Table(Keys keys)
    {
        RefuseHttp(keys, "the connection says how it is reached");
        if (keys.Scalar("sql") is not { } connection || keys.NeedScalar("table", "table: recon_postings") is not { } table)
        {
            return null;
        }

        if (!TableName().IsMatch(table.Text))
        {
            report.Add(Findings.BadText, table.Place, "recon_postings, or books.recon_postings", table.Text, "the name of a table");
            return null;
        }

        return new TargetSpec(null, null, null, Defaults.TargetTimeout, IsPrivate: false) { Connection = connection.Text, Table = table.Text };
    }

    // Links are followed where it is opened.
    void RefuseOutside(ScalarNode file)
    {
        var parts = file.Text.Split('/', '\\');
        if (file.Text.Length == 0 || parts[0].Length == 0 || parts[0].Contains(':', StringComparison.Ordinal) || parts.Contains(".."))
        {
            report.Add(Findings.BadText, file.Place, "out/ledger.jsonl", file.Text, "a file below the workspace");
        }
    }

    static void RefuseHttp(Keys keys, string why)
    {
        foreach (var key in (string[])["token", "timeout", "private"])
        {
            keys.RefuseIfPresent(key, why);
        }
    }

    Uri? Url(ScalarNode node, bool isPrivate)
    {
        if (Uri.TryCreate(node.Text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (isPrivate && url.Scheme == Uri.UriSchemeHttp)))
        {
            return url;
        }

        report.Add(
            Findings.BadText, node.Place, "\"https://erp.example/postings\"; http only with 'private: true', a token under 'token'", node.Text,
            "an address");
        return null;
    }

    string? Token(ScalarNode node)
    {
        if (Secret().IsMatch(node.Text))
        {
            return node.Text[ConnectionSpec.SecretPrefix.Length..];
        }

        report.Add(Findings.BadText, node.Place, "secret:ERP_TOKEN", "…", "secret: and the name of an environment variable");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();

    [GeneratedRegex(@"^secret:[A-Za-z_][A-Za-z0-9_]{0,126}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
