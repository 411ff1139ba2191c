// Reads a judging case: records, matches and rules as an analyst writes them down.
using System.Text.RegularExpressions;
using Recon.Judging;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Tests.Judging;

/// <summary>
/// A case in the language of <c>tests/cases/judging/README.md</c>. A line that begins with blanks belongs to the one
/// before that does not.
/// </summary>
sealed partial class JudgingCase
{
    static readonly Dictionary<string, BusinessCalendar> Calendars = new()
    {
        ["TARGET2"] = BusinessCalendar.Target2,
        ["weekdays"] = BusinessCalendar.Weekdays,
    };

    readonly List<Block> _blocks;
    readonly List<SourceSpec> _sources = [];
    readonly List<RecordTable> _tables = [];
    readonly List<LegSpec> _legs = [];
    readonly List<PassSpec> _passes = [];
    readonly List<ClassSpec> _classes = [];
    readonly List<ResolutionSpec> _resolutions = [];
    readonly List<TrustSpec> _trust = [];

    JudgingCase(List<Block> blocks) => _blocks = blocks;

    public static JudgingInput Read(string text) => ReadAll(text).Input;

    public static JudgingGiven ReadAll(string text)
    {
        var blocks = new List<Block>();
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                if (char.IsWhiteSpace(line[0]))
                {
                    blocks[^1].Lines.Add(line.Trim());
                }
                else
                {
                    blocks.Add(new Block(line, []));
                }
            }
        }

        var given = new JudgingCase(blocks);
        return new JudgingGiven(given.Bind(), [.. given.Heads("posted").Select(Posted)], [.. given.Heads("before").Select(Before)]);
    }

    JudgingInput Bind()
    {
        Each("source", AddSource);
        Each("trust", (head, _) => AddTrust(head));
        Each("pass", AddPass);
        Each("class", AddClass);
        Each("resolve", AddResolution);
        var pack = new Pack(
            Heads("pack").FirstOrDefault() ?? "test.pack",
            "1.0.0", null, [], _sources, _legs, _trust, _passes, _classes, _resolutions, null, "");
        return new JudgingInput(
            pack,
            _tables,
            new MatchSet([.. _legs.Select(Matches)], Duplicates: []),
            [.. _legs.Select(Settled)],
            Specs.Date(Heads("date").Single()),
            new WordRules(),
            Calendars,
            Heads("earlier").Select(Earlier).ToDictionary(entry => entry.Key, entry => entry.Break),
            Heads("account").Select(head => Cut(head, " "))
                .ToDictionary(pair => pair.Left, pair => pair.Right == "asset"),
            BarAuto: Heads("control").Any() ? "a control failed" : null);
    }

    IEnumerable<Block> Blocks(string word) => _blocks
        .Where(block => block.Head.StartsWith(word + " ", StringComparison.Ordinal))
        .Select(block => block with { Head = block.Head[(word.Length + 1)..].Trim() });

    IEnumerable<string> Heads(string word) => Blocks(word).Select(block => block.Head);

    void Each(string word, Action<string, IReadOnlyList<string>> bind)
    {
        foreach (var block in Blocks(word))
        {
            bind(block.Head, block.Lines);
        }
    }

    // source ledger books value amount zone Europe/Berlin
    void AddSource(string head, IReadOnlyList<string> lines)
    {
        var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fields = Cells(lines[0]).Skip(1)
            .Select(cell => cell.Split(':'))
            .Select(parts => Specs.Field(parts[0], Enum.Parse<FieldKind>(parts[1], ignoreCase: true)))
            .ToList();
        var value = After(words, "value")
            ?? fields.FirstOrDefault(field => field.Kind == FieldKind.Money)?.Name;
        var source = Specs.Source(
            words[0], _sources.Count, Enum.Parse<SourceRole>(words[1], ignoreCase: true), value,
            After(words, "zone") ?? "UTC", fields);
        _sources.Add(source);
        _tables.Add(Specs.Table(source, lines.Skip(1).Select(line => Cells(line).Select(Cell).ToArray())));
    }

    // trust amount: provider.gross, ledger.amount
    void AddTrust(string head)
    {
        var (field, list) = Cut(head, ":");
        var trusted = Parts(list, ",")
            .Select(name => Cut(name, "."))
            .Select(name => new TrustedField(name.Left, name.Right));
        _trust.Add(new TrustSpec(field, [.. trusted]));
    }

    // pass near: ledger 1:1 provider, and comparisons below it
    void AddPass(string head, IReadOnlyList<string> lines)
    {
        var (id, join) = Cut(head, ": ");
        var words = join.Split(' ');
        var (left, right) = (Source(words[0]), Source(words[2]));
        var cardinality = words[1] switch
        {
            "1:1" => Cardinality.OneToOne,
            "1:n" => Cardinality.OneToMany,
            "n:m" => Cardinality.ManyToMany,
            _ => Cardinality.ManyToOne,
        };
        _passes.Add(new PassSpec(
            id, _passes.Count, LegOf(left, right), left, right, cardinality,
            [.. lines.Where(IsKey).Select(Key)], [.. lines.Where(line => !IsKey(line)).Select(Comparison)], TieRule.Ask, Hold: false, null, Specs.Nowhere));
    }

    static bool IsKey(string line) => line.StartsWith("key ", StringComparison.Ordinal);

    // key ledger.amount ~ provider.gross
    static KeyPair Key(string line)
    {
        var (left, right) = Cut(line["key ".Length..], " ~ ");
        return new KeyPair(Cut(left, ".").Right, Cut(right, ".").Right, NullsEqual: false);
    }

    // ledger.booked ~ provider.captured within 2 business days TARGET2 | within 36h
    Comparison Comparison(string line)
    {
        var (name, within) = Cut(line, " within ");
        var (left, right) = Cut(name, " ~ ");
        Tolerance? tolerance = within.Length == 0 ? null
            : within.EndsWith('h') ? new ElapsedTolerance(TimeSpan.FromHours(-36), TimeSpan.FromHours(36))
            : within.EndsWith('d') ? new DayTolerance(-9, 9, null)
            : new DayTolerance(-9, 9, within.Split(' ')[^1]);
        return new Comparison(name, Specs.Operand(left, _sources), Specs.Operand(right, _sources), tolerance);
    }

    // class in-transit expected: open provider toward bank, and until, when below it
    void AddClass(string head, IReadOnlyList<string> lines)
    {
        var (name, condition) = Cut(head, ": ");
        var (id, status) = Cut(name, " ");
        var words = condition.Split(' ');
        BreakCondition on = words[0] switch
        {
            "match" => new BreakCondition.MatchOf(words[1]),
            "open" => new BreakCondition.OpenOf(words[1], After(words, "toward")),
            "ambiguous" => new BreakCondition.AmbiguousOf(words[1]),
            _ => new BreakCondition.Any(),
        };
        var when = Below(lines, "when") is { } text
            ? new RuleRef($"classify.{id}.when", text, Specs.Nowhere)
            : null;
        var until = Deadline(Below(lines, "until"));
        var meaning = Enum.Parse<Status>(status, ignoreCase: true);
        _classes.Add(new ClassSpec(id, _classes.Count, meaning, on, when, until, Specs.Nowhere));
    }

    // until 3 TARGET2 from captured then unexplained   (calendar and from may be left out)
    static DeadlineSpec? Deadline(string? text)
    {
        var words = text?.Split(' ') ?? [];
        return text is null ? null : new DeadlineSpec(
            int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture),
            words[1] is "from" or "then" ? null : words[1],
            After(words, "from"),
            After(words, "then")!);
    }

    // resolve rounding auto, and limit, post, once, assign below it
    void AddResolution(string head, IReadOnlyList<string> lines)
    {
        var words = head.Split(' ');
        var tier = words[1] == "auto-flag" ? Tier.AutoFlag : Enum.Parse<Tier>(words[1], ignoreCase: true);
        var limit = lines.Where(line => line.StartsWith("limit ", StringComparison.Ordinal))
            .Aggregate(LimitSpec.None, (limit, line) => With(limit, line["limit ".Length..]));
        var once = Parts(Below(lines, "once") ?? "", ",").Select(Once);
        var (post, assign) = (Post(Below(lines, "post")), Below(lines, "assign"));
        _resolutions.Add(new ResolutionSpec(
            words[0], _resolutions.Count, tier, limit, post, [.. once], assign, Specs.Nowhere));
    }

    // limit 0.05 EUR | limit run 0.10 EUR, 3 postings | limit counterparty ledger.customer 0.10 EUR
    static LimitSpec With(LimitSpec limit, string text)
    {
        var (scope, bound) = Cut(text, " ");
        var (by, rest) = Cut(bound, " ");
        return scope switch
        {
            "run" => limit with { Run = Ceiling(bound) },
            "day" => limit with { Day = Ceiling(bound) },
            "account" => limit with { Account = Ceiling(bound) },
            "counterparty" => limit with { Counterparty = new CounterpartyLimit(Once(by), Ceiling(rest)) },
            _ => limit with { Each = Ceiling(text).Values },
        };
    }

    static Ceiling Ceiling(string text)
    {
        var count = Parts(text, ",").FirstOrDefault(part => part.EndsWith(" postings", StringComparison.Ordinal));
        return new Ceiling(
            [.. Parts(text, ",").Where(part => part != count).Select(Specs.Money)],
            count is null ? null : int.Parse(Cut(count, " ").Left, System.Globalization.CultureInfo.InvariantCulture));
    }

    // posted rounding 0.05 EUR debit 1200 credit 7990 for C1
    static Posting Posted(string head, int place)
    {
        var words = head.Split(' ');
        return new Posting(
            $"key{place}", "effect", words[0], "ledger", After(words, "debit")!, After(words, "credit")!, Specs.Money($"{words[1]} {words[2]}"),
            Tier.Auto, PostingState.Queued, "break", [], null, null)
        {
            Counterparties = After(words, "for") is { } name ? [name] : [],
        };
    }

    // before 0.05 EUR, 0.01 EUR
    static PostedTotals Before(string head) => PostedTotals.Of(Parts(head, ",").Select(Specs.Money));

    static OnceValue Once(string value)
    {
        var (source, field) = Cut(value, ".");
        return value == "pack.id" ? new OnceValue(value, null, null) : new OnceValue(value, source, field);
    }

    // post ledger debit 1200 credit 7990 amount provider.gross - ledger.amount
    static PostSpec? Post(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var (accounts, amount) = Cut(text, " amount ");
        var words = accounts.Split(' ');
        var (debit, credit) = (After(words, "debit")!, After(words, "credit")!);
        return new PostSpec(words[0], debit, credit, Specs.Terms(amount), amount);
    }

    // match near: L1 ~ P1, P2
    LegMatches Matches(LegSpec leg)
    {
        var matches = Heads("match").Select(head => Found(head)).Where(found => found.Pass.Leg == leg)
            .OrderBy(found => found.Pass.Index).ThenBy(found => found.First[0]).ToList();
        var ambiguous = Heads("ambiguous").Select(head => Found(head)).Where(found => found.Pass.Leg == leg)
            .Select(found => new AmbiguousComponent(
                found.Pass.Index, [found.First, found.Second], [], found.First.Length * found.Second.Length));
        var capped = Heads("capped").Select(head => Found(head)).Where(found => found.Pass.Leg == leg)
            .Select(found => new AmbiguousComponent(found.Pass.Index, [found.First, found.Second], [], EdgeCount: 0, IsCapped: true));
        int firstEnd = 0, secondEnd = 0;
        return new LegMatches(
            leg,
            [.. matches.Select(found => found.Pass.Index)],
            [
                new MemberRows(
                    [.. matches.Select(found => firstEnd += found.First.Length)],
                    [.. matches.SelectMany(found => found.First)]),
                new MemberRows(
                    [.. matches.Select(found => secondEnd += found.Second.Length)],
                    [.. matches.SelectMany(found => found.Second)]),
            ],
            [.. ambiguous, .. capped],
            []);
    }

    (PassSpec Pass, int[] First, int[] Second) Found(string head)
    {
        var (id, sides) = Cut(head, ": ");
        var (first, second) = Cut(sides, " ~ ");
        var pass = _passes.Single(pass => pass.Id == id);
        return (pass, Rows(pass.Leg, 0, first), Rows(pass.Leg, 1, second));
    }

    int[] Rows(LegSpec leg, int side, string ids) =>
        [.. Parts(ids, ",").Select(id => RowOf(leg.Sources[side].Name, id)).Order()];

    int RowOf(string source, string id)
    {
        var row = _tables[Source(source).Index].RowOf(System.Text.Encoding.UTF8.GetBytes(id));
        return row >= 0 ? row : throw new FormatException($"no record {source}:{id}");
    }

    // settled ledger:L1 on ledger ~ provider
    bool[]?[] Settled(LegSpec leg)
    {
        var settled = new bool[]?[2];
        foreach (var head in Heads("settled"))
        {
            var (record, on) = Cut(head, " on ");
            var (source, id) = Cut(record, ":");
            if (on == leg.ToString())
            {
                var side = leg.Names[0] == source ? 0 : 1;
                settled[side] ??= new bool[_tables[Source(source).Index].Count];
                settled[side]![RowOf(source, id)] = true;
            }
        }

        return settled;
    }

    // earlier ledger:L1 on ledger ~ provider: break b1 born 2026-02-20
    ((int, RecordId) Key, EarlierBreak Break) Earlier(string head)
    {
        var (place, found) = Cut(head, ": ");
        var (record, on) = Cut(place, " on ");
        var (source, id) = Cut(record, ":");
        var words = found.Split(' ');
        var leg = _legs.Single(leg => leg.ToString() == on);
        var earlier = new EarlierBreak(words[1], Specs.Date(words[3]), "before");
        return ((leg.Index, new RecordId(source, id)), earlier);
    }

    LegSpec LegOf(SourceSpec left, SourceSpec right)
    {
        var pair = left.Index < right.Index ? new[] { left, right } : [right, left];
        var leg = _legs.FirstOrDefault(leg => leg.Sources.SequenceEqual(pair));
        if (leg is null)
        {
            _legs.Add(leg = new LegSpec(_legs.Count, pair));
        }

        return leg;
    }

    SourceSpec Source(string name) => _sources.Single(source => source.Name == name);

    static string? Cell(string text) => text == "-" ? null : text;

    static string[] Cells(string line) => TwoBlanks().Split(line);

    static string[] Parts(string text, string separator) =>
        text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static (string Left, string Right) Cut(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at].Trim(), text[(at + separator.Length)..].Trim());
    }

    static string? After(string[] words, string word) =>
        Array.IndexOf(words, word) is var at and >= 0 ? words[at + 1] : null;

    static string? Below(IReadOnlyList<string> lines, string word) => lines
        .Where(line => line.StartsWith(word + " ", StringComparison.Ordinal))
        .Select(line => line[(word.Length + 1)..].Trim())
        .FirstOrDefault();

    [GeneratedRegex(" {2,}")]
    private static partial Regex TwoBlanks();

    sealed record Block(string Head, List<string> Lines);
}

/// <summary>What a case gives to judging, and what was posted before.</summary>
/// <param name="PostedOfDate">In other runs of the business date.</param>
/// <param name="PostedBefore">On earlier dates.</param>
sealed record JudgingGiven(JudgingInput Input, IReadOnlyList<Posting> PostedOfDate, IReadOnlyList<PostedTotals> PostedBefore);
