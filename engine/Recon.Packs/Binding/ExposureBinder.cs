// Binds the section `exposure`: by what value at risk is told apart.
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class ExposureBinder(PackScope scope)
{
    const int MostBuckets = 12;
    const int MostDays = 36500;
    const string Currency = "currency";

    public static readonly (string, ExposureDimension?)[] Dimensions =
    [
        (Currency, null), ("source", ExposureDimension.Source), ("class", ExposureDimension.Class),
        ("counterparty", ExposureDimension.Counterparty), ("age", ExposureDimension.Age),
    ];

    public static string Name(ExposureDimension dimension) => Dimensions.First(pair => pair.Item2 == dimension).Item1;

    public ExposureSpec Bind(Keys root)
    {
        if (root.Map("exposure") is not { } map)
        {
            return ExposureSpec.Usual;
        }

        var keys = new Keys(map, root.PlaceOf("exposure"), PackShapes.Exposure, scope.Report);
        var by = By(keys);
        return new ExposureSpec(by, Ages(keys, by));
    }

    IReadOnlyList<ExposureDimension> By(Keys keys)
    {
        if (keys.List("by") is not { } list)
        {
            return ExposureSpec.Usual.By;
        }

        var named = new HashSet<string>(StringComparer.Ordinal);
        var by = new SortedSet<ExposureDimension>();
        foreach (var node in list.Items.Select(item => keys.Shape<ScalarNode>(item, "one word")).OfType<ScalarNode>()
            .Where(node => Words.Choose(node, Dimensions, scope.Report, out _)))
        {
            if (!named.Add(node.Text))
            {
                scope.Report.Add(Findings.DuplicateName, node.Place, "name each once", "entries of", node.Text);
            }
            else if (Words.Choose(node, Dimensions, scope.Report, out var dimension) && dimension is { } one)
            {
                by.Add(one);
                CheckCounterparty(one, node);
            }
        }

        if (!named.Contains(Currency))
        {
            scope.Report.Add(Findings.NoCurrency, keys.PlaceOf("by"), "by: [currency, source, class, age]", "amounts of several are never added up");
        }

        return [.. by];
    }

    void CheckCounterparty(ExposureDimension dimension, ScalarNode node)
    {
        if (dimension == ExposureDimension.Counterparty && scope.SourcesKnown && scope.Sources.All(source => source.Spec.Counterparty is null))
        {
            scope.Report.Add(Findings.NoCounterparty, node.Place, "counterparty: a text field, in a source");
        }
    }

    IReadOnlyList<int> Ages(Keys keys, IReadOnlyList<ExposureDimension> by)
    {
        if (keys.List("ages") is not { } list)
        {
            return ExposureSpec.Usual.Ages;
        }

        if (!by.Contains(ExposureDimension.Age))
        {
            keys.RefuseIfPresent("ages", "'by' does not name the age");
        }

        if (list.Items.Count is 0 or > MostBuckets)
        {
            scope.Report.Add(
                list.Items.Count == 0 ? Findings.Empty : Findings.TooMany, keys.PlaceOf("ages"), "ages: [1, 7, 30, 90]",
                list.Items.Count == 0 ? ["'ages'"] : [list.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{MostBuckets}"]);
        }

        var ages = new List<int>();
        foreach (var node in list.Items.Select(item => keys.Shape<ScalarNode>(item, "a number of days")).OfType<ScalarNode>())
        {
            if (scope.Integer(node, ages.Count == 0 ? 0 : ages[^1] + 1, MostDays) is { } days)
            {
                ages.Add(days);
            }
        }

        return ages.Count == 0 ? ExposureSpec.Usual.Ages : ages;
    }
}
