// The case language of rules, as an analyst writes it, and what is expected.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs;

namespace Recon.Tests.Rules;

/// <summary>
/// One <c>*.case</c> file. Sections begin at the margin (<c>param</c>, <c>source</c>, <c>rows</c>,
/// <c>rule</c>, <c>expect</c>), their
/// content is indented by two blanks; comment lines at the top say what the case is about.
/// </summary>
sealed class RuleCase
{
    const StringSplitOptions Cut = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    readonly Dictionary<string, SourceSpec> _sources = new(StringComparer.Ordinal);
    readonly Dictionary<string, RecordTable> _tables = new(StringComparer.Ordinal);
    readonly List<Parameter> _parameters = [];
    readonly List<RuleToCompile> _rules = [];

    public RuleCase(string text)
    {
        var lines = text.Split('\n');
        var about = lines.TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '));
        About = string.Join("\n", about);
        for (var i = 0; i < lines.Length;)
        {
            var head = lines[i++].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var first = i;
            var body = new List<string>();
            while (i < lines.Length
                && (lines[i].StartsWith("  ", StringComparison.Ordinal) || lines[i].Length == 0))
            {
                body.Add(lines[i].Length < 2 ? "" : lines[i][2..]);
                i++;
            }

            if (head.Length > 0 && head[0] == "expect")
            {
                Expected = string.Join("\n", body).TrimEnd() + "\n";
                Given = string.Join("\n", lines[..first]) + "\n";
                return;
            }

            Read(head, body, first + 1);
        }
    }

    public string About { get; }

    /// <summary>Everything down to the line <c>expect</c>.</summary>
    public string Given { get; } = "";

    public string Expected { get; } = "";

    public IReadOnlyList<RuleToCompile> Rules => _rules;

    public IReadOnlyList<SourceSpec> Sources => [.. _sources.Values];

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The case with this as what it expects.</summary>
    public string With(string expected) =>
        Given + string.Concat(expected.TrimEnd('\n').Split('\n')
            .Select(line => line.Length == 0 ? "\n" : $"  {line}\n"));

    public CompiledImage Compile() =>
        RuleCompiler.Compile(_rules, Sources, _parameters, CancellationToken.None);

    /// <summary>The diagnostics, or the answers of every rule over the rows of the case.</summary>
    public string Run()
    {
        var compiled = Compile();
        var text = new StringBuilder();
        foreach (var diagnostic in compiled.Diagnostics)
        {
            text.Append(Render(diagnostic));
        }

        if (compiled.Image is not null && _tables.Count > 0)
        {
            using var program = PackProgram.Load(compiled, _parameters);
            foreach (var rule in _rules)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rule.Rule.Path}\n");
                try
                {
                    Ask(program, rule, text);
                }
                catch (RuleFailedException failure)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {failure.Message}\n");
                }
            }
        }

        return text.ToString();
    }

    public static string Render(Diagnostic diagnostic)
    {
        var place = diagnostic.Place;
        var hint = diagnostic.Hint is null ? "" : $"  = {diagnostic.Hint}\n";
        return $"{diagnostic.Code} {place.Line}:{place.Column} {diagnostic.Message}\n  | {place.LineText.Trim()}\n"
            + $"  | {new string(' ', place.Column - 1 - (place.LineText.Length - place.LineText.TrimStart().Length))}"
            + $"{new string('^', Math.Max(place.EndColumn - place.Column, 1))}\n{hint}";
    }

    void Read(string[] head, List<string> body, int line)
    {
        switch (head)
        {
            case ["param", var name, var kind, .. var value]:
                _parameters.Add(new Parameter(name, Kind(kind), string.Join(' ', value)));
                break;
            case ["source", var name]:
                _sources.Add(name, Source(name, _sources.Count, body));
                break;
            case ["rows", var name]:
                _tables.Add(name, Table(_sources[name], body));
                break;
            case ["rule", var name, .. var shape]:
                while (body.Count > 0 && body[^1].Length == 0)
                {
                    body.RemoveAt(body.Count - 1);
                }

                var place = new Place("case", line, 3, 3, "  " + body.FirstOrDefault(""));
                _rules.Add(new RuleToCompile(
                    new RuleRef(name, string.Join("\n", body), place), Shape(name, shape)));
                break;
            case [] or ["#", ..]:
                break;
            default:
                throw new FormatException($"line {line - 1}: {string.Join(' ', head)}");
        }
    }

    RuleShape Shape(string name, string[] shape) => shape switch
    {
        ["of", var source] => new RuleShape.OfRecord(_sources[source]),
        ["of", var left, var right] => new RuleShape.OfPair(_sources[left], _sources[right]),
        ["of", var one, "many", var many] => new RuleShape.OfGroup(_sources[one], _sources[many]),
        ["for", var field] => new RuleShape.OfField(
            _sources[field.Split('.')[0]], _sources[field.Split('.')[0]].Field(field.Split('.')[1])),
        ["of", .. var several] => new RuleShape.OfSeveral([.. several.Select(source => _sources[source])]),
        _ => throw new FormatException($"rule {name}: {string.Join(' ', shape)}"),
    };

    static SourceSpec Source(string name, int index, List<string> body) => new(
        name, index, SourceRole.External, new ReadSpec(ReadFormat.Csv, "x.csv", false, null),
        null, null, null,
        [.. body.Where(line => line.Length > 0).Select(Field)], "UTC", null, null, []);

    static FieldSpec Field(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isDerived = words[0] == "derive";
        words = isDerived ? words[1..] : words;
        var derived = isDerived ? new RuleRef(words[0], "", new Place("case", 1, 1, 1, "")) : null;
        return new FieldSpec(
            words[0], Kind(words[^1]), words[1] == "optional", words[0],
            null, null, [], null, null, null, null, derived);
    }

    static FieldKind Kind(string word) => Enum.Parse<FieldKind>(word, ignoreCase: true);

    // The first column is the id; columns are apart by two blanks; '-' is a missing value.
    static RecordTable Table(SourceSpec source, List<string> body)
    {
        var cells = body.Where(line => line.Length > 0)
            .Select(line => line.Split("  ", Cut)).ToList();
        var header = cells[0];
        var rows = cells.Skip(1).OrderBy(row => row[0], Comparer<string>.Create(Utf8Order.Compare)).ToList();
        var columns = source.Fields.TakeWhile(field => field.Derived is null).Select(field =>
            Column(field.Kind, rows.Select(row => row[Array.IndexOf(header, field.Name)])));
        return new RecordTable(
            source, TextColumn.Of(rows.Select(row => row[0])), [.. columns],
            new RowOrigins([], new byte[rows.Count], new int[rows.Count], new bool[rows.Count]));
    }

    static ColumnBuilder Builder(FieldKind kind) => kind switch
    {
        FieldKind.Text => new TextColumnBuilder(),
        FieldKind.Date => new DateColumnBuilder(),
        FieldKind.Instant => new InstantColumnBuilder(),
        _ => new AmountColumnBuilder(kind),
    };

    static Column Column(FieldKind kind, IEnumerable<string> values)
    {
        var builder = Builder(kind);
        foreach (var value in values)
        {
            Append(builder, kind, value);
        }

        return builder.Build();
    }

    static void Append(ColumnBuilder builder, FieldKind kind, string value)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (builder)
        {
            case var _ when value == "-":
                builder.AppendNull();
                break;
            case TextColumnBuilder text:
                text.Append(value);
                break;
            case AmountColumnBuilder number when kind == FieldKind.Number:
                Assert(ExactNumber.TryParse(value, out var exact), value);
                number.Append(exact);
                break;
            case AmountColumnBuilder amount:
                Assert(Money.TryParse(value, out var money), value);
                amount.Append(money.Number, money.CurrencyCode);
                break;
            case DateColumnBuilder date:
                date.Append(DateOnly.ParseExact(value, "yyyy-MM-dd", invariant));
                break;
            case InstantColumnBuilder instant:
                instant.Append(Instant.From(DateTimeOffset.Parse(value, invariant)));
                break;
        }
    }

    static void Assert(bool holds, string value)
    {
        if (!holds)
        {
            throw new FormatException(value);
        }
    }

    void Ask(PackProgram program, RuleToCompile rule, StringBuilder text)
    {
        switch (rule.Shape)
        {
            case RuleShape.OfRecord record:
                AskRecords(program.Record(rule.Rule), _tables[record.Source.Name], text);
                break;
            case RuleShape.OfPair pair:
                AskPairs(program.Pair(rule.Rule), _tables[pair.Left.Name], _tables[pair.Right.Name], text);
                break;
            case RuleShape.OfGroup group:
                var (one, many) = (_tables[group.One.Name], _tables[group.Many.Name]);
                for (var row = 0; row < one.Count; row++)
                {
                    var all = Enumerable.Range(0, many.Count).ToArray();
                    var holds = program.Group(rule.Rule)(one, row, many, all);
                    Say(text, one.Id(row), holds ? "yes" : "no");
                }

                break;
            case RuleShape.OfSeveral several:
                AskSeveral(program.Several(rule.Rule), [.. several.Sources.Select(source => _tables[source.Name])], text);
                break;
            case RuleShape.OfField field:
                Derive(program.Derivation(rule.Rule), field, text);
                break;
        }
    }

    static void AskRecords(RecordPredicate predicate, RecordTable table, StringBuilder text)
    {
        var results = new bool[table.Count];
        predicate(table, [.. Enumerable.Range(0, table.Count)], results);
        for (var row = 0; row < table.Count; row++)
        {
            Say(text, table.Id(row), results[row] ? "yes" : "no");
        }
    }

    static void AskPairs(PairPredicate predicate, RecordTable left, RecordTable right, StringBuilder text)
    {
        var pairs = Enumerable.Range(0, left.Count)
            .SelectMany(l => Enumerable.Range(0, right.Count).Select(r => (l, r))).ToList();
        var results = new bool[pairs.Count];
        predicate(left, right, [.. pairs.Select(pair => pair.l)], [.. pairs.Select(pair => pair.r)], results);
        for (var i = 0; i < pairs.Count; i++)
        {
            Say(text, $"{left.Id(pairs[i].l)} ~ {right.Id(pairs[i].r)}", results[i] ? "yes" : "no");
        }
    }

    // Every set of one record of each table.
    static void AskSeveral(SeveralPredicate predicate, RecordTable[] tables, StringBuilder text)
    {
        IEnumerable<int[]> sets = [[]];
        foreach (var table in tables)
        {
            sets = sets.SelectMany(set => Enumerable.Range(0, table.Count).Select(row => (int[])[.. set, row]));
        }

        var all = sets.ToList();
        var results = new bool[all.Count];
        predicate(tables, [.. all.SelectMany(set => set)], results);
        foreach (var (set, holds) in all.Zip(results))
        {
            Say(text, string.Join(" ~ ", set.Select((row, side) => tables[side].Id(row))), holds ? "yes" : "no");
        }
    }

    // The derived column joins the table, so that the next derivation of the case can read it.
    void Derive(FieldDerivation derivation, RuleShape.OfField field, StringBuilder text)
    {
        var table = _tables[field.Source.Name];
        var builder = Builder(field.Field.Kind);
        derivation(table, builder);
        var column = builder.Build();
        _tables[field.Source.Name] =
            new RecordTable(table.Source, table.Ids, [.. table.Columns, column], table.Origins);
        for (var row = 0; row < table.Count; row++)
        {
            Say(text, table.Id(row), column.Display(row) ?? "NULL");
        }
    }

    static void Say(StringBuilder text, string who, string answer) =>
        text.Append(CultureInfo.InvariantCulture, $"  {who} {answer}\n");
}
