// Names a compiled image by everything that went into it.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>SHA-256, lower-case hex. Places are not part of it: a rule that moves down a line is the same rule.</summary>
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

        AppendAll(hash, parameters, parameter =>
            [parameter.Name, parameter.Kind.ToString(), parameter.Kind == FieldKind.Text ? parameter.Value : ""]);
        foreach (var source in sources)
        {
            Append(hash, source.Name);
            AppendAll(hash, [.. source.Fields.Where(field => MayBeRead(field, rules))], Words);
        }

        AppendAll(hash, rules, rule => [rule.Rule.Path, rule.Rule.Text, .. Shape(rule.Shape)]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // What no rule can name makes no difference.
    static bool MayBeRead(FieldSpec field, IReadOnlyList<RuleToCompile> rules) =>
        rules.Any(rule => rule.Rule.Text.Contains(field.Name, StringComparison.Ordinal));

    static string[] Words(FieldSpec field) =>
        [field.Name, field.Kind.ToString(), field.Optional ? "optional" : "", field.Derived is null ? "" : "derived"];

    static string[] Shape(RuleShape shape) => shape switch
    {
        RuleShape.OfRecord record => ["record", record.Source.Name],
        RuleShape.OfPair pair => ["pair", pair.Left.Name, pair.Right.Name],
        RuleShape.OfGroup group => ["group", group.One.Name, group.Many.Name],
        RuleShape.OfGroups groups => ["groups", groups.Left.Name, groups.Right.Name],
        RuleShape.OfField field => ["field", field.Source.Name, .. Words(field.Field)],
        _ => throw new InvalidOperationException($"bug: no hash for {shape}"),
    };

    static void AppendAll<T>(IncrementalHash hash, IReadOnlyList<T> items, Func<T, string[]> parts)
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
