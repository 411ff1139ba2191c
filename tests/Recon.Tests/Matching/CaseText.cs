// Reads the case language of matching: sources, passes and what is expected.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Matching;

/// <summary>One case file (the language: tests/cases/matching/README.md).</summary>
sealed class CaseText
{
    static readonly Regex Columns = new(@"\S+(?: \S+)*");

    readonly List<SourceSpec> _sources = [];
    readonly List<RecordTable> _tables = [];
    readonly List<LegSpec> _legs = [];
    readonly List<PassSpec> _passes = [];
    readonly List<ClassSpec> _classes = [];

    CaseText()
    {
    }

    public string Given { get; private set; } = "";

    /// <summary>The lines below <c>expect</c>, without their indent.</summary>
    public IReadOnlyList<string> Expected { get; private set; } = [];

    public Book Book => new(Books.Pack(_sources, _legs, _passes, _classes), _tables);

    public static CaseText Parse(string text)
    {
        var parsed = new CaseText();
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var end = Array.FindIndex(lines, line => line == "expect");
        Assert.True(end >= 0, "a case ends with 'expect' and what is expected");
        parsed.Given = string.Join('\n', lines[..end]);
        parsed.Expected = [.. lines[(end + 1)..].Select(line => line.Trim())];
        parsed.ReadSections([.. lines[..end].Where(line => line.Trim().Length > 0 && line[0] != '#')]);
        return parsed;
    }

    void ReadSections(string[] lines)
    {
        for (var start = 0; start < lines.Length;)
        {
            var end = start + 1;
            while (end < lines.Length && char.IsWhiteSpace(lines[end][0]))
            {
                end++;
            }

            ReadSection(lines[start..end]);
            start = end;
        }
    }

    void ReadSection(string[] lines)
    {
        var word = lines[0].Split(' ')[0];
        switch (word)
        {
            case "source":
                ReadSource(lines);
                break;
            case "pass":
                ReadPass(lines);
                break;
            case "class":
                var cells = Cells(lines[0]);
                _classes.Add(Books.Class(cells[0]["class ".Length..], new BreakCondition.Any(),
                    cells[1]["reads ".Length..]));
                break;
            default:
                Assert.Fail($"'{word}' begins no section; source, pass, class and expect do");
                break;
        }
    }

    static List<string> Cells(string line) => [.. Columns.Matches(line).Select(match => match.Value)];

    // source NAME [in ZONE]  column  column …, then one row a line; '-' is NULL.
    void ReadSource(string[] lines)
    {
        var header = Cells(lines[0]);
        var name = header[0].Split(' ');
        var rows = lines[1..].Select(line =>
            Cells(line).Select(cell => cell == "-" ? null : cell).ToArray()).ToList();
        var fields = new List<(string, FieldKind)>();
        for (var i = 1; i < header.Count; i++)
        {
            var column = i - 1;
            Assert.All(rows, row => Assert.Equal(header.Count - 1, row.Length));
            fields.Add((header[i], KindOf(header[i], rows.Select(row => row[column]))));
        }

        var source = Books.Source(name[1], _sources.Count, name is [_, _, "in", var zone] ? zone : "UTC",
            fields);
        _sources.Add(source);
        _tables.Add(Books.Table(source, rows));
    }

    static FieldKind KindOf(string column, IEnumerable<string?> cells)
    {
        var known = cells.OfType<string>().ToList();
        return known.Count == 0 || column == "id" ? FieldKind.Text
            : known.All(cell => Money.TryParse(cell, out _)) ? FieldKind.Money
            : known.All(cell => DateOnly.TryParseExact(cell, "yyyy-MM-dd", out _)) ? FieldKind.Date
            : known.All(cell => cell.Length > 10 && cell[10] == 'T' && cell[^1] == 'Z') ? FieldKind.Instant
            : known.All(cell => cell.Contains('.') && ExactNumber.TryParse(cell, out _)) ? FieldKind.Number
            : FieldKind.Text;
    }

    // pass NAME  dedupe SOURCE, then key, within and keep, one a line.
    void ReadDedupe(List<string> head, string[] lines)
    {
        var source = Source(head[1]["dedupe ".Length..]);
        var key = new List<KeyPair>();
        var windows = new List<Comparison>();
        var keep = new TieRule(TieKind.Oldest, "id", "id");
        foreach (var line in lines.Select(Cells))
        {
            switch (line[0])
            {
                case "key":
                    key.AddRange(line[1].Split(", ").Select(field => Key(field, line.Contains("nulls equal"))));
                    break;
                case "within":
                    windows.Add(Condition(source, source, line[1], Tolerances.Parse(line[2])));
                    break;
                case "keep":
                    keep = Tie(line[1].Split(' '));
                    break;
                default:
                    Assert.Fail($"'{line[0]}' is no part of a dedupe pass");
                    break;
            }
        }

        _passes.Add(Books.Pass(
            head[0]["pass ".Length..], _passes.Count, Leg(source), source, source, Cardinality.OneToOne, key, windows, keep) with
        {
            Kind = PassKind.Dedupe,
        });
    }

    // pass NAME  join SOURCE SOURCE SOURCE, then key, within of two of them and hold, one a line.
    void ReadSeveral(List<string> head, string[] lines)
    {
        var sources = head[1].Split(' ')[1..].Select(Source).ToList();
        var leg = Leg([.. sources]);
        var cells = lines.Select(Cells).ToList();
        List<KeyPair> key = [.. cells.Where(line => line[0] == "key").SelectMany(line => line[1].Split(", "))
            .Select(field => new KeyPair(field, field, NullsEqual: false))];
        var within = cells.Where(line => line[0] == "within").Select(line => Facing(line[1], Tolerances.Parse(line[2]))).ToList();
        var pairs =
            from first in leg.Sources
            from second in leg.Sources.Skip(leg.SideOf(first.Name) + 1)
            let own = within.Where(each => new[] { first.Name, second.Name }.Order().SequenceEqual(
                new[] { each.Left.Source, each.Right.Source }.Order())).ToList()
            let left = own.Count > 0 ? Source(own[0].Left.Source) : first
            select Books.Pass(
                head[0]["pass ".Length..], _passes.Count, Books.Leg(leg.Index, first, second), left, left == first ? second : first,
                Cardinality.OneToOne, key, own);
        _passes.Add(Books.Pass(
            head[0]["pass ".Length..], _passes.Count, leg, sources[0], sources[1], Cardinality.OneToOne, [], within,
            cells.Where(line => line[0] == "tie").Select(line => TieOfSeveral(line[1].Split(' '), leg)).FirstOrDefault() ?? TieRule.Ask,
            cells.Exists(line => line[0] == "hold")) with
        {
            Pairs = [.. pairs],
        });
    }

    static TieRule TieOfSeveral(string[] words, LegSpec leg) => Tie(words) is { LeftField: { } field } tie
        ? new TieRule(tie.Kind) { SideFields = [.. leg.Sources.Select(_ => field)] }
        : Tie(words);

    // ledger.amount ~ bank.amount
    Comparison Facing(string text, Tolerance tolerance)
    {
        var sides = text.Split(" ~ ").Select(side => side.Split('.')).ToList();
        return new Comparison(text, Operand(Source(sides[0][0]), sides[0][1]), Operand(Source(sides[1][0]), sides[1][1]), tolerance);
    }

    // pass NAME  net SOURCE, or net SOURCE n:m; then key, within, tie and hold, one a line.
    void ReadNet(List<string> head, string[] lines)
    {
        var words = head[1].Split(' ');
        var source = Source(words[1]);
        var key = new List<KeyPair>();
        var windows = new List<Comparison>();
        var (tie, hold) = (TieRule.Ask, false);
        foreach (var line in lines.Select(Cells))
        {
            switch (line[0])
            {
                case "key":
                    key.AddRange(line[1].Split(", ").Select(field => Key(field, line.Contains("nulls equal"))));
                    break;
                case "within":
                    var window = Condition(source, source, line[1], Tolerances.Parse(line[2]));
                    var negated = window.Right.Terms.Select(term => term with { Minus = !term.Minus });
                    windows.Add(window.Tolerance is AmountTolerance
                        ? window with { Name = $"sum({line[1]})", Right = window.Right with { Terms = [.. negated] } }
                        : window);
                    break;
                case "tie":
                    tie = Tie(line[1].Split(' '));
                    break;
                case "hold":
                    hold = true;
                    break;
                default:
                    Assert.Fail($"'{line[0]}' is no part of a pass that nets");
                    break;
            }
        }

        _passes.Add(Books.Pass(
            head[0]["pass ".Length..], _passes.Count, Leg(source), source, source, Cardinality.OneToOne, key, windows, tie, hold) with
        {
            Kind = words is [_, _, "n:m"] ? PassKind.NetGroup : PassKind.Net,
        });
    }

    // pass NAME  LEFT 1:1 RIGHT, then key, within, compare, tie and hold, one a line.
    void ReadPass(string[] lines)
    {
        var head = Cells(lines[0]);
        if (head[1].StartsWith("dedupe ", StringComparison.Ordinal))
        {
            ReadDedupe(head, lines[1..]);
            return;
        }

        if (head[1].StartsWith("join ", StringComparison.Ordinal))
        {
            ReadSeveral(head, lines[1..]);
            return;
        }

        if (head[1].StartsWith("net ", StringComparison.Ordinal))
        {
            ReadNet(head, lines[1..]);
            return;
        }

        var join = head[1].Split(' ');
        var (left, right) = (Source(join[0]), Source(join[2]));
        var key = new List<KeyPair>();
        var comparisons = new List<Comparison>();
        var (tie, hold) = (TieRule.Ask, false);
        var (size, isSearched, candidates, steps, prefersSingle) = (GroupSize.Any, false, 40, 10_000_000L, false);
        int? partial = null;
        foreach (var line in lines[1..].Select(Cells))
        {
            switch (line[0])
            {
                case "key":
                    key.AddRange(line[1].Split(", ").Select(pair => Key(pair, line.Contains("nulls equal"))));
                    break;
                case "within":
                    comparisons.Add(Condition(left, right, line[1], Tolerances.Parse(line[2])));
                    break;
                case "compare":
                    comparisons.Add(Condition(left, right, line[1], null));
                    break;
                case "tie":
                    tie = Tie(line[1].Split(' '));
                    break;
                case "hold":
                    hold = true;
                    break;
                case "size":
                    var ends = line[1].Split(" to ").Select(int.Parse).ToList();
                    size = new GroupSize(ends.Count == 1 ? 1 : ends[0], ends[^1]);
                    break;
                case "search":
                    isSearched = true;
                    candidates = line.Find(cell => cell.StartsWith("candidates ", StringComparison.Ordinal)) is { } most
                        ? int.Parse(most["candidates ".Length..], CultureInfo.InvariantCulture) : candidates;
                    steps = line.Find(cell => cell.StartsWith("steps ", StringComparison.Ordinal)) is { } budget
                        ? long.Parse(budget["steps ".Length..], CultureInfo.InvariantCulture) : steps;
                    break;
                case "prefer":
                    prefersSingle = true;
                    break;
                case "partial":
                    partial = int.Parse(line[1]["max ".Length..], CultureInfo.InvariantCulture);
                    break;
                default:
                    Assert.Fail($"'{line[0]}' is no part of a pass");
                    break;
            }
        }

        var cardinality = join[1] switch
        {
            "1:1" => Cardinality.OneToOne,
            "1:n" => Cardinality.OneToMany,
            "n:m" => Cardinality.ManyToMany,
            _ => Cardinality.ManyToOne,
        };
        _passes.Add(Books.Pass(
            head[0]["pass ".Length..], _passes.Count, Leg(left, right), left, right, cardinality, key,
                comparisons, tie, hold) with
        {
            Size = size == GroupSize.Any && isSearched ? new GroupSize(1, 8) : size,
            Search = isSearched ? new SearchSpec(candidates, steps, Answers: 10, prefersSingle) : null,
            Partial = partial,
        });
    }

    SourceSpec Source(string name) => _sources.Single(source => source.Name == name);

    LegSpec Leg(params SourceSpec[] sources)
    {
        var leg = Books.Leg(_legs.Count, sources);
        var known = _legs.FirstOrDefault(each => each.Names.SequenceEqual(leg.Names));
        if (known is null)
        {
            _legs.Add(leg);
        }

        return known ?? leg;
    }

    static KeyPair Key(string text, bool nullsEqual)
    {
        var sides = text.Split(" = ");
        return new KeyPair(sides[0], sides[^1], nullsEqual);
    }

    static Comparison Condition(SourceSpec left, SourceSpec right, string text, Tolerance? tolerance)
    {
        var sides = text.Split(" ~ ");
        return new Comparison(text, Operand(left, sides[0]), Operand(right, sides[^1]), tolerance);
    }

    // A field, or sum(a - b + c).
    static Operand Operand(SourceSpec source, string text)
    {
        var words = Regex.Match(text, @"^(?:sum\()?(.*?)\)?$").Groups[1].Value.Split(' ');
        var terms = new List<Term>();
        for (var i = 0; i < words.Length; i += 2)
        {
            terms.Add(new Term(i > 0 && words[i - 1] == "-", source.Name, words[i]));
        }

        return new Operand(source.Name, source.Field(terms[0].Field).Kind, terms);
    }

    static TieRule Tie(string[] words) => words switch
    {
        ["ask"] => TieRule.Ask,
        ["best"] => new TieRule(TieKind.Best),
        ["best", "unless", "ambiguous"] => new TieRule(TieKind.Best) { UnlessAmbiguous = true },
        ["closest"] => new TieRule(TieKind.Closest),
        ["oldest", var field] => new TieRule(TieKind.Oldest, field, field),
        ["newest", var field] => new TieRule(TieKind.Newest, field, field),
        _ => throw new FormatException($"'{string.Join(' ', words)}' is no tie"),
    };
}

/// <summary>Tolerances as cases write them.</summary>
static class Tolerances
{
    public static Tolerance Parse(string text)
    {
        if (TextTolerances.Parse(text) is { } ofTexts)
        {
            return ofTexts;
        }

        if (Regex.Match(text, @"^(.+) at (\S+) rates of (\w+)\.(\w+) in (\S+)(?: up to (\d+)d old)?$") is { Success: true } rated)
        {
            var age = rated.Groups[6].Success ? Number(rated, 6) : 0;
            return (AmountTolerance)Parse(rated.Groups[1].Value) with
            {
                Fx = new RateRule(
                    rated.Groups[2].Value, rated.Groups[3].Value, rated.Groups[4].Value, Currency.Of(rated.Groups[5].Value), age),
            };
        }

        if (text == "0")
        {
            return new AmountTolerance(ExactNumber.Zero, ExactNumber.Zero, null);
        }

        if (Regex.Match(text, @"^under (\S+ \S+) over (\S+ \S+)$") is { Success: true } sides)
        {
            return new AmountTolerance(Amount(sides, 1).Number, Amount(sides, 2).Number,
                Amount(sides, 1).CurrencyCode);
        }

        if (Regex.Match(text, @"^under (\S+)% over (\S+)% of (\w+)$") is { Success: true } shares)
        {
            return new AmountTolerance(
                Share(shares.Groups[1].Value, null), Share(shares.Groups[2].Value, null), null,
                Base(shares.Groups[3].Value));
        }

        if (Regex.Match(text, @"^(\S+)% of (\w+)(?: max (.+))?$") is { Success: true } share)
        {
            Money? most = share.Groups[3].Success ? Amount(share, 3) : null;
            var bound = Share(share.Groups[1].Value, most?.Number);
            return new AmountTolerance(bound, bound, most?.CurrencyCode, Base(share.Groups[2].Value));
        }

        if (text.EndsWith(" any currency", StringComparison.Ordinal))
        {
            Assert.True(ExactNumber.TryParse(text.Split(' ')[0], out var each));
            return new AmountTolerance(each, each, null);
        }

        if (Money.TryParse(text, out var money))
        {
            return new AmountTolerance(money.Number, money.Number, money.CurrencyCode);
        }

        var range = Regex.Match(text, @"^(?:([+-]?\d+) to ([+-]?\d+)|(\d+)) ?(d|h|business days of \w+)$");
        Assert.True(range.Success, $"'{text}' is no tolerance");
        var (from, to) = range.Groups[3].Success
            ? (-Number(range, 3), Number(range, 3))
            : (Number(range, 1), Number(range, 2));
        return range.Groups[4].Value switch
        {
            "d" => new DayTolerance(from, to, null),
            "h" => new ElapsedTolerance(TimeSpan.FromHours(from), TimeSpan.FromHours(to)),
            var business => new DayTolerance(from, to, business.Split(' ')[^1]),
        };
    }

    static AmountBound Share(string percent, ExactNumber? most)
    {
        Assert.True(ExactNumber.TryParse(percent, out var share));
        return new AmountBound(most, share);
    }

    static PercentBase Base(string word) => Enum.Parse<PercentBase>(word, ignoreCase: true);

    static Money Amount(Match match, int group)
    {
        Assert.True(Money.TryParse(match.Groups[group].Value, out var money));
        return money;
    }

    static int Number(Match match, int group) =>
        int.Parse(match.Groups[group].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
