// Binds the section `tests`.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class TestBinder(PackScope scope, IReadOnlyList<BoundClass> classes, IReadOnlyList<ResolutionSpec> resolutions)
{
    readonly List<PackTest> _tests = [];

    public IReadOnlyList<PackTest> Tests => _tests;

    public void Bind(Keys root)
    {
        foreach (var map in PassBinder.Entries(root, "tests", scope.Report))
        {
            BindTest(map);
        }
    }

    void BindTest(MapNode map)
    {
        var keys = new Keys(map, map.Place, TestShapes.Test, scope.Report);
        var name = keys.NeedScalar("name", "a sentence that says what holds");
        if (name is not null && _tests.Exists(test => test.Name == name.Text))
        {
            scope.Report.Add(
                Findings.DuplicateName, name.Place, "give each its own name", "tests", name.Text);
        }

        var given = new Dictionary<string, IReadOnlyList<GivenRow>>(StringComparer.Ordinal);
        foreach (var entry in keys.NeedMap("given", "rows per source")?.Entries ?? [])
        {
            if (scope.Source(entry.Key.Text, entry.Key.Place) is { } source)
            {
                given[source.Name] = Rows(entry, source, keys);
            }
        }

        var expectation = keys.NeedMap("expect", "matched, breaks, posts, rejects") is { } expect
            ? new ExpectationBinder(scope, classes).Bind(
                expect, keys.PlaceOf("expect")) : ExpectationBinder.Nothing;
        _tests.Add(new PackTest(
            name?.Text ?? "", Moment(keys.Scalar("at")), Date(keys.Scalar("date")),
            Words.Choose(
                keys, "todo", Words.TrueFalse, false,
                scope.Report), given, expectation, name?.Place ?? map.Place)
        {
            Rates = new TestRates(scope.Report).Bind(keys),
            Posted = new TestPostings(scope, resolutions).Bind(keys),
        });
    }

    DateTimeOffset? Moment(ScalarNode? node)
    {
        if (node is null)
        {
            return null;
        }

        if (Literals.TryMoment(node.Text, out var moment))
        {
            return moment.ToUniversalTime();
        }

        scope.Report.Add(
            Findings.BadDate, node.Place, "2026-03-02T06:30:00Z", node.Text, "a moment with its offset");
        return null;
    }

    DateOnly? Date(ScalarNode? node) =>
        node is not null && scope.Value(node, FieldKind.Date) is { } text
            && Literals.TryDate(text, out var date)
            ? date
            : null;

    List<GivenRow> Rows(Entry entry, BoundSource source, Keys test)
    {
        var rows = new List<GivenRow>();
        if (entry.Value is ScalarNode file)
        {
            scope.Report.Add(Findings.NotYet, file.Place, "write the rows here", "rows from a file");
            return rows;
        }

        foreach (var item in test.Shape<ListNode>(entry.Value, "a list of rows")?.Items ?? [])
        {
            if (test.Shape<MapNode>(item, "a row: { field: value, … }") is { } row)
            {
                rows.Add(new GivenRow(Cells(row, source, test), row.Place));
            }
        }

        return rows;
    }

    List<KeyValuePair<string, string>> Cells(MapNode row, BoundSource source, Keys test)
    {
        var cells = new List<KeyValuePair<string, string>>();
        foreach (var entry in row.Entries)
        {
            if (entry.Key.Text is "like" or "change" && source.Find(entry.Key.Text) is null)
            {
                scope.Report.Add(Findings.NotYet, entry.Key.Place, "write the row out", entry.Key.Text);
            }
            else if (source.Field(entry.Key.Text, entry.Key.Place, scope.Report, out _) is { } field
                && test.Shape<ScalarNode>(entry.Value, "one value") is { } value)
            {
                CheckCell(field, value, entry.Key);
                cells.Add(new KeyValuePair<string, string>(field.Name, value.IsNull ? "" : value.Text));
            }
        }

        return cells;
    }

    /// <summary>Wrong values are allowed, so that a reject can be tested; a bare amount is a slip.</summary>
    void CheckCell(FieldSpec field, ScalarNode value, ScalarNode key)
    {
        if (field.Derived is not null)
        {
            scope.Report.Add(
                Findings.DerivedGiven, key.Place, "give the fields it is derived from", field.Name);
        }
        else if (value is { IsNull: true, Text: not "" })
        {
            scope.Report.Add(
                Findings.NoValue, value.Place, "leave it out or write '' for NULL; quote it to mean the text",
                field.Name);
        }
        else if (field.Kind == FieldKind.Money && Literals.TryNumber(value.Text, out _))
        {
            Literals.Refuse(value, value.Text, FieldKind.Money, scope.Report);
        }
    }
}
