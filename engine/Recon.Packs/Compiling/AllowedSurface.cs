// The members and types of the platform that a rule may use, read from allowed-members.txt.
using Microsoft.CodeAnalysis;

namespace Recon.Packs.Compiling;

/// <summary>Exact documentation ids; no prefixes, no wildcards.</summary>
static class AllowedSurface
{
    const string Allowed = "allowed-members.txt";
    const string Emitted = "emitted-members.txt";

    static readonly HashSet<string> Ids = Read(Allowed);

    /// <summary>All that is known to the compiler of rules: what rules may use, what compiled rules refer to, what binding takes.</summary>
    public static IReadOnlyList<string> Lists { get; } = [Allowed, Emitted, "bound-members.txt"];

    /// <summary>The ids that a compiled image may refer to.</summary>
    public static HashSet<string> OfImages { get; } = [.. Ids, .. Read(Emitted)];

    public static bool Allows(ISymbol symbol) =>
        symbol.OriginalDefinition.GetDocumentationCommentId() is { } id && Ids.Contains(id);

    /// <summary>Names of the members of a type that a rule may use, sorted.</summary>
    public static IReadOnlyList<string> MembersOf(ITypeSymbol type) => MembersNamed(type.OriginalDefinition.GetDocumentationCommentId()?[2..]);

    /// <summary>Names of the members of a type that a rule may use, sorted.</summary>
    /// <param name="type">As <c>System.String</c>; null has none.</param>
    public static IReadOnlyList<string> MembersNamed(string? type)
    {
        var head = $"{type ?? "?"}.";
        return
        [
            .. Ids.Where(id => id[2..].StartsWith(head, StringComparison.Ordinal))
                .Where(id => !id.Contains(".op_", StringComparison.Ordinal))
                .Select(id => id[(head.Length + 2)..])
                .Select(name => name.Split('(', '`')[0])
                .Where(name => !name.Contains('.', StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The ids of a list of this assembly.</summary>
    public static HashSet<string> Read(string list)
    {
        using var stream = typeof(AllowedSurface).Assembly.GetManifestResourceStream(list)!;
        using var reader = new StreamReader(stream);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                ids.Add(line.Trim());
            }
        }

        return ids;
    }
}
