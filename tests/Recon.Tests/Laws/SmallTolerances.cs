// Tolerances of small books beyond plain amounts and days: percentages and texts.
using Recon.Model;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Laws;

static class SmallTolerances
{
    // 0.1 % of 10.00 and 0.2 % of 5.00 are a cent; 50 % and 100 % reach most amounts of a small book.
    static readonly string[] Shares = ["0.1", "0.2", "0.19999", "50", "100", "0", "0.05"];

    /// <summary>A percentage on one side or both, with or without a cap, of any base.</summary>
    /// <param name="below">Rolls from 0 to before a number.</param>
    public static AmountTolerance Percent(Func<int, int> below)
    {
        var bases = Enum.GetValues<PercentBase>();
        var (under, over) = (Bound(below), Bound(below));
        var both = below(2) == 0;
        var capped = under.Amount is not null || (!both && over.Amount is not null);
        return new AmountTolerance(
            under, both ? under : over, capped && below(2) == 0 ? Currency.Of("EUR") : null,
            bases[below(bases.Length)]);
    }

    /// <summary>A percentage or an amount over two currencies, at the day of one side.</summary>
    public static AmountTolerance Rated(Func<int, int> below, string dated)
    {
        var to = Currency.Of(below(3) == 0 ? "USD" : "EUR");
        var tolerance = below(2) == 0
            ? Percent(below)
            : new AmountTolerance(Number(Amounts[below(Amounts.Length)]), Number(Amounts[below(Amounts.Length)]), to);
        return tolerance with
        {
            Currency = tolerance.Under.Amount is null && tolerance.Over.Amount is null ? null : to,
            Fx = new RateRule("ECB", dated, below(2) == 0 ? "booked" : "at", to, below(3) * 2),
        };
    }

    static readonly string[] Amounts = ["0", "0.01", "0.0091", "1.50", "20"];

    /// <summary>Names that are parts of each other, near each other, of the same words, or nothing at all.</summary>
    public static readonly string?[] Names =
    [
        "Jon Smith", "Jon Smith", "John Smith", "Smith, Jon", "Smith", "Jon Smith & Sons", "INV-12 Jon Smith", "INV-12",
        "paid INV-13", "INV-13", "Smith", "Jon", "R1", "A name that is longer than a word of sixty-four letters can be, 1", "--", "", null,
    ];

    static readonly int[] Thresholds = [500_000, 800_000, 900_000, 1_000_000, 1];

    /// <summary>A condition between texts; mostly none.</summary>
    public static Tolerance? Text(Func<int, int> below) => below(10) switch
    {
        0 => new ContainsTolerance(below(2) == 0),
        1 or 4 => Pattern((PatternSides)below(3), below(3)),
        2 or 3 => new SimilarityTolerance(
            (TextMetric)below(3), Thresholds[below(Thresholds.Length)],
            [.. Enumerable.Range(0, below(3)).Select(_ => Block(below)).Distinct()]),
        _ => null,
    };

    /// <summary>The kinds of tolerance that matches of small books must show.</summary>
    public static IEnumerable<string> Kinds =>
    [
        .. Enum.GetNames<PercentBase>().Select(name => $"percent of {name}"),
        .. Enum.GetNames<TextMetric>().SelectMany(name => new[] { $"{name}, blocked", $"{name}, not blocked" }),
        .. Enum.GetNames<PatternSides>().Select(name => $"pattern of {name}"),
        "contains", "contained", "capped percent", "rated share", "rated amount",
        "rated share of a group", "rated amount of a group",
    ];

    /// <param name="isOfGroup">Of a match of several members on a side.</param>
    public static string Kind(Tolerance? tolerance, bool isOfGroup) => tolerance switch
    {
        AmountTolerance { Fx: not null } rated => $"{(rated.Base is null ? "rated amount" : "rated share")}{(isOfGroup ? " of a group" : "")}",
        AmountTolerance { Base: { } named } share => share.Under.Amount is null ? $"percent of {named}" : "capped percent",
        SimilarityTolerance similar => $"{similar.Metric}, {(similar.Blocks.Count == 0 ? "not " : "")}blocked",
        PatternTolerance pattern => $"pattern of {pattern.Of}",
        ContainsTolerance contains => contains.RightIsPart ? "contains" : "contained",
        _ => "another",
    };

    static PatternTolerance Pattern(PatternSides sides, int rolled) =>
        new(sides == PatternSides.Both && rolled > 0 ? "INV-([0-9]+)|R([0-9])" : "[A-Z][a-z]+", sides);

    static TextBlock Block(Func<int, int> below) => below(4) switch
    {
        0 => new TextBlock.Start(1 + below(4)),
        1 => new TextBlock.Field(below(2) == 0 ? "acct" : "ref", "acct"),
        2 => new TextBlock.Field("acct", "ref"),
        _ => new TextBlock.Token(),
    };

    static AmountBound Bound(Func<int, int> below) => new(
        below(3) == 0 ? Number("0.01") : null,
        Number(Shares[below(Shares.Length)]));

    static ExactNumber Number(string text)
    {
        Assert.True(ExactNumber.TryParse(text, out var number));
        return number;
    }
}
