// Which fields of a source the rules of a leg read: records equal in all of them are interchangeable.
using System.Text.RegularExpressions;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>
/// The fields of one source that a key, tolerance, condition, class or posting of a leg reads, the id aside; passes of that
/// source alone take records off every leg, so what they read counts on each, and what any leg reads counts for them.
/// </summary>
/// <remarks>
/// C# is read as text: <c>source.field</c> reads that field; the source's name in any other use (an argument, a list)
/// reads every field.
/// </remarks>
static class ReadFields
{
    /// <summary>Names of the fields, in the order of the source.</summary>
    public static IReadOnlyList<string> Of(Pack pack, LegSpec leg, SourceSpec source)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var isAlone = leg.Sources.Count == 1;
        var passes = pack.Passes.Where(pass => pass.Leg.Index == leg.Index
            || (pass.Leg.Names.Contains(source.Name) && (isAlone || pass.IsOfOneSource))).ToList();
        foreach (var pass in passes.SelectMany(pass => pass.PartsOf(source)))
        {
            AddPass(names, pass, source);
        }

        foreach (var pass in passes.Where(pass => pass.IsOfSeveral))
        {
            AddRule(names, pass.When, source);
            names.UnionWith(pass.Tie.SideFields.Skip(pass.Leg.SideOf(source.Name)).Take(1));
        }

        var classes = pack.Classes.Where(rule => Concerns(rule.On, leg, passes)).ToList();
        foreach (var rule in classes)
        {
            AddRule(names, rule.When, source);
            names.Add(rule.Until?.From ?? "");
        }

        foreach (var resolution in pack.Resolutions.Where(each => classes.Any(rule => rule.Id == each.For)))
        {
            AddTerms(names, resolution.Post?.Amount ?? [], source);
            names.UnionWith(resolution.Once
                .Where(value => value.Source == source.Name)
                .Select(value => value.Field ?? ""));
        }

        return
        [
            .. source.Fields.Select(field => field.Name)
                .Where(name => names.Contains(name) && name != source.Id),
        ];
    }

    /// <summary>
    /// True where the C# may tell two records apart by their ids: it names the id, or hands the record on.
    /// </summary>
    public static bool MayReadId(RuleRef? rule, SourceSpec source)
    {
        var read = rule is null ? [] : Mentions(rule.Text, source);
        return source.Id is null
            ? read.Count == source.Fields.Count && read.Count > 0
            : read.Contains(source.Id);
    }

    static void AddPass(HashSet<string> names, PassSpec pass, SourceSpec source)
    {
        var isLeft = pass.Left.Name == source.Name;
        names.UnionWith(pass.Key.Select(pair => isLeft ? pair.LeftField : pair.RightField));
        names.Add(pass.Reference?.RightField ?? "");
        foreach (var comparison in pass.Comparisons)
        {
            AddTerms(names, comparison.Left.Terms, source);
            AddTerms(names, comparison.Right.Terms, source);
            names.UnionWith(BlockFields(comparison, isLeft));
            names.UnionWith(DateOfRate(comparison, source));
        }

        names.Add((isLeft ? pass.Tie.LeftField : pass.Tie.RightField) ?? "");
        AddRule(names, pass.When, source);
    }

    /// <summary>Fields of one side by which a similarity is blocked.</summary>
    public static IEnumerable<string> BlockFields(Comparison comparison, bool isLeft) =>
        comparison.Tolerance is SimilarityTolerance similarity
            ? similarity.Blocks.OfType<TextBlock.Field>().Select(field => isLeft ? field.Left : field.Right)
            : [];

    static IEnumerable<string> DateOfRate(Comparison comparison, SourceSpec source) =>
        comparison.Tolerance is AmountTolerance { Fx: { } rule } && rule.DateSource == source.Name ? [rule.DateField] : [];

    static void AddTerms(HashSet<string> names, IReadOnlyList<Term> terms, SourceSpec source) =>
        names.UnionWith(terms.Where(term => term.Source == source.Name).Select(term => term.Field));

    static void AddRule(HashSet<string> names, RuleRef? rule, SourceSpec source)
    {
        if (rule is not null)
        {
            names.UnionWith(Mentions(rule.Text, source));
        }
    }

    static HashSet<string> Mentions(string text, SourceSpec source)
    {
        var all = source.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var pattern = $@"\b{Regex.Escape(source.Name)}\b(?:\s*\.\s*(?<field>\w+))?";
        const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        foreach (Match mention in Regex.Matches(text, pattern, Options))
        {
            var field = mention.Groups["field"].Value;
            if (!all.Contains(field))
            {
                return all;
            }

            found.Add(field);
        }

        return found;
    }

    static bool Concerns(BreakCondition on, LegSpec leg, List<PassSpec> passes) => on switch
    {
        BreakCondition.MatchOf match => passes.Any(pass => pass.Id == match.Pass),
        BreakCondition.MissingOf missing => passes.Any(pass => pass.Id == missing.Pass),
        BreakCondition.AmbiguousOf ambiguous => passes.Any(pass => pass.Id == ambiguous.Pass),
        BreakCondition.OpenOf open => leg.Names.Contains(open.Source)
            && (open.Toward is null || leg.Sources.Count == 1 || leg.Names.Contains(open.Toward)),
        _ => true,
    };
}
