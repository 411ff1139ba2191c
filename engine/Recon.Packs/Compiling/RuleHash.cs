// Names a compiled image by everything that went into it.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>
/// SHA-256, lower-case hex. Of each rule it takes the scope from which its program is written, so what an image reads is in
/// its name. Places are not part of it: a rule that moves down a line is the same rule.
/// </summary>
static class RuleHash
{
    public static string Of(
        IReadOnlyList<RuleToCompile> rules,
        IReadOnlyList<SourceSpec> sources,
        IReadOnlyList<Parameter> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // A module's version id is the hash of its content: another compiler, contract or runtime, another image.
        foreach (var part in new[] { typeof(RuleHash), typeof(RecordTable), typeof(object) })
        {
            hash.AppendData(part.Module.ModuleVersionId.ToByteArray());
        }

        Append(hash, parameters, parameter =>
            [parameter.Name, parameter.Kind.ToString(), parameter.Kind == FieldKind.Text ? parameter.Value : ""]);
        // Also those that no rule sees: variables of a rule may not bear their names.
        Append(hash, sources, source => [source.Name]);
        Append(hash, rules, rule => [rule.Rule.Path, rule.Rule.Text]);
        foreach (var rule in rules)
        {
            Append(hash, RuleScope.Of(rule.Shape), rule.Rule.Text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Append(IncrementalHash hash, RuleScope scope, string text)
    {
        Append(hash, scope.Answer?.Kind.ToString() ?? "");
        Append(hash, scope.Sources, source => [source.Name, source.RecordType, source.IsList ? "list" : ""]);
        foreach (var source in scope.Sources)
        {
            Append(hash, [.. source.Fields.Where(field => MayBeRead(field, text))], Words);
        }
    }

    // What a rule cannot name makes no difference to it.
    static bool MayBeRead(ScopedField field, string text) => text.Contains(field.Spec.Name, StringComparison.Ordinal);

    // The program takes a column by its index.
    static string[] Words(ScopedField field) =>
    [
        field.Spec.Name,
        field.Spec.Kind.ToString(),
        field.Optional ? "optional" : "",
        field.Index.ToString(CultureInfo.InvariantCulture),
    ];

    static void Append<T>(IncrementalHash hash, IReadOnlyList<T> items, Func<T, string[]> parts)
    {
        Append(hash, items.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var part in items.SelectMany(parts))
        {
            Append(hash, part);
        }
    }

    // Length first, so that two texts never read as one.
    static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
