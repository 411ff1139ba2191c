// The rules of one pack with what they read, to be changed piece by piece.
using Recon.Model.Rules;
using Recon.Packs;

namespace Recon.Tests.Rules;

/// <summary>What the compiler is given for one pack.</summary>
sealed record RulesOfAPack(
    string Name, IReadOnlyList<RuleToCompile> Rules, IReadOnlyList<SourceSpec> Sources, IReadOnlyList<Parameter> Parameters)
{
    internal string Hash => RuleCompiler.HashOf(Rules, Sources, Parameters);

    internal CompiledImage Compile() => RuleCompiler.Compile(Rules, Sources, Parameters);

    internal static RulesOfAPack OfCase(string name)
    {
        var rules = new RuleCase(CaseFiles.Read($"tests/cases/rules/{name}.case"));
        return new RulesOfAPack(name, rules.Rules, rules.Sources, rules.Parameters);
    }

    internal static RulesOfAPack OfFile(string path)
    {
        var load = PackLoader.Load(new PackText(path, File.ReadAllBytes(path)), null, PackOptions.Default);
        return new RulesOfAPack(path, load.Rules, load.Sources, load.Parameters);
    }

    /// <summary>All rules see the source as it is now.</summary>
    internal RulesOfAPack With(int source, Func<SourceSpec, SourceSpec> change)
    {
        var (before, after) = (Sources[source].Name, change(Sources[source]));
        SourceSpec Now(SourceSpec seen) => seen.Name == before ? after : seen;
        return this with
        {
            Sources = [.. Sources.Select(Now)],
            Rules = [.. Rules.Select(rule => rule with { Shape = Seen(rule.Shape, Now) })],
        };
    }

    internal RulesOfAPack WithFields(int source, Func<IReadOnlyList<FieldSpec>, IEnumerable<FieldSpec>> change) =>
        With(source, spec => spec with { Fields = [.. change(spec.Fields)] });

    internal RulesOfAPack WithField(int source, int field, Func<FieldSpec, FieldSpec> change) =>
        WithFields(source, fields => fields.Select((spec, index) => index == field ? change(spec) : spec));

    internal RulesOfAPack WithRule(int rule, Func<RuleToCompile, RuleToCompile> change) =>
        this with { Rules = [.. Rules.Select((given, index) => index == rule ? change(given) : given)] };

    internal RulesOfAPack WithParameter(int parameter, Func<Parameter, Parameter> change) =>
        this with { Parameters = [.. Parameters.Select((given, index) => index == parameter ? change(given) : given)] };

    static RuleShape Seen(RuleShape shape, Func<SourceSpec, SourceSpec> now) => shape switch
    {
        RuleShape.OfRecord record => new RuleShape.OfRecord(now(record.Source)),
        RuleShape.OfPair pair => new RuleShape.OfPair(now(pair.Left), now(pair.Right)),
        RuleShape.OfGroup group => new RuleShape.OfGroup(now(group.One), now(group.Many)),
        RuleShape.OfGroups groups => new RuleShape.OfGroups(now(groups.Left), now(groups.Right)),
        RuleShape.OfSeveral several => new RuleShape.OfSeveral([.. several.Sources.Select(now)]),
        RuleShape.OfField field => new RuleShape.OfField(now(field.Source), now(field.Source).Field(field.Field.Name)),
        _ => throw new InvalidOperationException($"no shape {shape}"),
    };
}
