// Binds `read` of a source that is the answer of a query.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed partial class SqlReadBinder(PackScope scope)
{
    /// <summary>The keys beside <c>sql</c>; <c>trailer</c> is a key of CSV files too.</summary>
    public static readonly string[] Keys = ["query", "parameters", "window", "columns", "trailer"];

    const int MostWindowDays = 3660;
    const int MostColumns = 1024;

    public static readonly (string Word, SqlType Type)[] Types =
    [
        ("text", SqlType.Text), ("integer", SqlType.Integer), ("decimal", SqlType.Decimal), ("boolean", SqlType.Boolean),
        ("date", SqlType.Date), ("timestamp", SqlType.Timestamp), ("instant", SqlType.Instant),
    ];

    public static readonly (string Word, FieldKind Kind)[] Kinds = [("text", FieldKind.Text), ("number", FieldKind.Number), ("date", FieldKind.Date)];

    // What the host gives to every query.
    const string BusinessDate = "business_date";

    static readonly string[] OfWindow = ["window_from", "window_to", "window_start", "window_end"];

    public static string Name(SqlType type) => Types.First(pair => pair.Type == type).Word;

    public SqlSpec? Bind(Keys keys)
    {
        var connection = Connection(keys.Scalar("sql"));
        var query = new QueryBinder(scope).Bind(keys.NeedScalar("query", "query: sql/ledger.sql, or 'query: |' and a SELECT below it"));
        var (trailer, ofTrailer) = Trailer(keys);
        var days = keys.Map("window") is { } window
            ? scope.Integer(new Keys(window, keys.PlaceOf("window"), SourceShapes.Window, scope.Report).NeedScalar("days", "days: 5"), 1, MostWindowDays)
            : null;
        var arguments = Arguments(keys);
        var columns = Columns(keys);
        if (query is not null)
        {
            CheckAsked(keys, [.. query.Asked, .. ofTrailer?.Asked ?? []], arguments);
        }

        return connection is null || query is null
            ? null
            : new SqlSpec(connection, query.Sql, query.File, arguments, days, columns, trailer) { Asked = query.Names };
    }

    string? Connection(ScalarNode? node)
    {
        if (scope.Text(node) is not { } name)
        {
            return null;
        }

        if (!ConnectionName().IsMatch(name))
        {
            scope.Report.Add(Findings.BadName, node!.Place, "sql: LEDGER; recon.yaml says where that is", name, "the name of a connection");
            return null;
        }

        if (scope.Connections is { } known && !known.Contains(name))
        {
            scope.Report.Add(
                Findings.UnknownConnection, node!.Place, NearestName.Of(name, known) is { } near
                    ? $"did you mean '{near}'?" : $"connections: {{ {name}: … }} in recon.yaml", name);
        }

        return name;
    }

    (SqlTrailer? Trailer, BoundQuery? Query) Trailer(Keys keys)
    {
        if (keys.Map("trailer") is not { } map)
        {
            return (null, null);
        }

        var trailer = new Keys(map, keys.PlaceOf("trailer"), SourceShapes.QueryTrailer, scope.Report);
        var query = new QueryBinder(scope).Bind(trailer.NeedScalar("query", "a SELECT of one row with the totals"));
        var values = new List<string>();
        foreach (var item in trailer.NeedList("values", "values: [rows, total]")?.Items ?? [])
        {
            if (trailer.Shape<ScalarNode>(item, "the name of a column") is { } name && Names.CheckIdentifier(name, "a trailer value", scope.Report))
            {
                values.Add(name.Text);
            }
        }

        return query is null ? (null, null) : (new SqlTrailer(query.Sql, query.File, values) { Asked = query.Names }, query);
    }

    List<SqlArgument> Arguments(Keys keys)
    {
        var arguments = new List<SqlArgument>();
        foreach (var entry in keys.Map("parameters")?.Entries ?? [])
        {
            if (!Names.CheckIdentifier(entry.Key, "a parameter of a query", scope.Report))
            {
                continue;
            }

            if (entry.Key.Text == BusinessDate || OfWindow.Contains(entry.Key.Text))
            {
                scope.Report.Add(Findings.ReservedName, entry.Key.Place, "use it, it is always given", entry.Key.Text, "the run gives it");
            }
            else if (Argument(keys, entry) is { } argument)
            {
                arguments.Add(argument);
            }
        }

        return arguments;
    }

    SqlArgument? Argument(Keys keys, Entry entry)
    {
        var name = entry.Key.Text;
        if (entry.Value is MapNode typed)
        {
            return Typed(name, new Keys(typed, entry.Key.Place, SourceShapes.TypedValue, scope.Report));
        }

        if (keys.Shape<ScalarNode>(entry.Value, "a text, { number: 5 }, { date: 2026-02-27 } or $name of a parameter") is not { } value)
        {
            return null;
        }

        if (!PackScope.IsReference(value))
        {
            return scope.Text(value) is { } text ? new SqlArgument(name, FieldKind.Text, text) : null;
        }

        if (scope.Parameters.Use(value) is not { } parameter)
        {
            return null;
        }

        if (parameter.Kind != FieldKind.Money)
        {
            return new SqlArgument(name, parameter.Kind, parameter.Value);
        }

        scope.Report.Add(
            Findings.ParameterKind, value.Place, "a server knows no amount with its currency: take a number", parameter.Name, Literals.Name(parameter.Kind),
            "text, a number or a date");
        return null;
    }

    SqlArgument? Typed(string name, Keys keys)
    {
        var kinds = Kinds.Where(kind => keys.Has(kind.Word)).ToList();
        if (kinds is not [var (word, kind)])
        {
            scope.Report.Add(Findings.OneOf, keys.Owner, null, $"'{name}'", string.Join(", ", Kinds.Select(known => known.Word)));
            return null;
        }

        return keys.Scalar(word) is { } node && scope.Value(node, kind) is { } value ? new SqlArgument(name, kind, value) : null;
    }

    List<SqlColumn>? Columns(Keys keys)
    {
        if (keys.Map("columns") is not { } map)
        {
            return null;
        }

        if (map.Entries.Count is 0 or > MostColumns)
        {
            scope.Report.Add(Findings.TooMany, keys.PlaceOf("columns"), $"1 to {MostColumns} columns", $"{map.Entries.Count}", $"{MostColumns}");
        }

        var columns = new List<SqlColumn>();
        foreach (var entry in map.Entries)
        {
            if (keys.Shape<ScalarNode>(entry.Value, "the type of a column") is { } word && Words.Choose(word, Types, scope.Report, out var type))
            {
                columns.Add(new SqlColumn(entry.Key.Text, type));
            }
        }

        return columns;
    }

    void CheckAsked(Keys keys, IReadOnlyList<(string Name, Place Place)> asked, List<SqlArgument> arguments)
    {
        // Those too that were refused: nobody hears of them twice.
        var named = (keys.Map("parameters")?.Entries ?? []).Select(entry => entry.Key.Text);
        var given = named.Append(BusinessDate).Concat(keys.Has("window") ? OfWindow : []).ToList();
        foreach (var (name, place) in asked.Where(parameter => !given.Contains(parameter.Name)))
        {
            var hint = OfWindow.Contains(name) ? "window: { days: 5 }" : NearestName.Hint(name, given);
            scope.Report.Add(Findings.NotGiven, place, hint, name);
        }

        foreach (var argument in arguments.Where(argument => asked.All(parameter => parameter.Name != argument.Name)))
        {
            scope.Report.Add(Findings.KeyDoesNothing, keys.PlaceOf("parameters"), "delete it", argument.Name, "the query does not ask for it");
        }

        if (keys.Has("window") && !asked.Any(parameter => OfWindow.Contains(parameter.Name)))
        {
            scope.Report.Add(
                Findings.KeyDoesNothing, keys.PlaceOf("window"), "where booked >= @window_start and booked < @window_end", "window",
                "the query asks for none of " + string.Join(", ", OfWindow.Select(name => "@" + name)));
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ConnectionName();
}
