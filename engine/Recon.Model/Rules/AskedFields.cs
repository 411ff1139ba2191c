// Which fields of a source the rules ask of many records.
namespace Recon.Model.Rules;

/// <summary>
/// The fields that conditions, choices, beliefs and C# may look at while a run goes over all records. Others are shown, carried or
/// posted: of few records, one at a time.
/// </summary>
public static class AskedFields
{
    /// <summary>Names of fields; some that no rule asks for may be among them, none is missing that a loop reads.</summary>
    public static IReadOnlySet<string> Of(Pack pack, SourceSpec source)
    {
        var parts = pack.Passes.Concat(pack.Passes.SelectMany(pass => pass.Pairs)).ToList();
        var named = parts.SelectMany(pass => OfPass(pass, source))
            .Concat(pack.Trust.SelectMany(trust => trust.Sources).Where(field => field.Source == source.Name).Select(field => field.Field))
            .Concat(source.Controls.Select(control => control.Field))
            .Append(source.Id)
            .OfType<string>();
        var texts = source.Fields.Select(field => field.Derived)
            .Concat(parts.Select(pass => pass.When))
            .Concat(pack.Classes.Select(rule => rule.When))
            .Append(source.Where)
            .OfType<RuleRef>().Select(rule => rule.Text).ToList();
        var inTexts = source.Fields.Select(field => field.Name).Where(name => texts.Exists(text => text.Contains(name, StringComparison.Ordinal)));
        return named.Concat(inTexts).ToHashSet(StringComparer.Ordinal);
    }

    static IEnumerable<string?> OfPass(PassSpec pass, SourceSpec source)
    {
        var (isLeft, isRight) = (pass.Left.Name == source.Name, pass.Right.Name == source.Name);
        foreach (var pair in pass.Key)
        {
            yield return isLeft ? pair.LeftField : null;
            yield return isRight ? pair.RightField : null;
        }

        foreach (var term in pass.Comparisons.SelectMany(pair => pair.Left.Terms.Concat(pair.Right.Terms)))
        {
            yield return term.Source == source.Name ? term.Field : null;
        }

        foreach (var block in pass.Comparisons.Select(pair => pair.Tolerance).OfType<SimilarityTolerance>()
            .SelectMany(tolerance => tolerance.Blocks).OfType<TextBlock.Field>())
        {
            yield return isLeft ? block.Left : null;
            yield return isRight ? block.Right : null;
        }

        foreach (var (side, field) in pass.Tie.SideFields.Index())
        {
            yield return pass.Leg.Names[side] == source.Name ? field : null;
        }

        yield return isLeft ? pass.Tie.LeftField : null;
        yield return isRight ? pass.Tie.RightField : null;
    }
}
