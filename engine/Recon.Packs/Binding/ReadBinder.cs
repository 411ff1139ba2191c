// Binds `read` of a source: format, path, and how a CSV file is cut.
using System.Globalization;
using System.Text;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>What reading settles for the fields.</summary>
/// <param name="Known">False where the format could not be told: nobody then asks for a currency or a column.</param>
sealed record BoundRead(ReadSpec Spec, bool Known)
{
    public bool IsStatement => Known && Spec.Format is ReadFormat.Camt053 or ReadFormat.Mt940;

    /// <summary>True where columns are those of an answer, typed by the server.</summary>
    public bool IsQuery => Known && Spec.Format == ReadFormat.Sql;

    /// <summary>True where columns go by position.</summary>
    public bool ByPosition => Spec.Csv is { HasHeader: false };
}

sealed class ReadBinder(PackScope scope)
{
    public static readonly (string Key, ReadFormat Format)[] Formats =
        [("csv", ReadFormat.Csv), ("camt053", ReadFormat.Camt053), ("mt940", ReadFormat.Mt940), ("sql", ReadFormat.Sql)];

    static readonly string[] CsvKeys =
    [
        "separator", "quote", "encoding", "decimal", "grouping", "dates", "instants", "header", "skip",
        "trailer",
    ];

    public static readonly (string, bool)[] Missing = [("fail", false), ("empty", true)];

    public static readonly (string, string)[] Encodings =
        [.. ((string[])["utf-8", "utf-16", "windows-1252", "iso-8859-1"]).Select(name => (name, name))];

    public static readonly (string, char)[] Separators =
        [(",", ','), (";", ';'), ("|", '|'), ("\t", '\t'), ("tab", '\t'), (":", ':'), ("^", '^'), ("~", '~'),
        ("%", '%')];

    public static readonly (string, char?)[] Quotes = [("\"", '"'), ("'", '\''), ("none", null)];

    public static readonly (string, byte)[] Points = [(".", (byte)'.'), (",", (byte)',')];

    public static readonly (string, byte)[] Groupings =
        [("none", 0), (".", (byte)'.'), (",", (byte)','), (" ", (byte)' '), ("'", (byte)'\'')];

    public static string Name(ReadFormat format) => Formats.First(pair => pair.Format == format).Key;

    public BoundRead Bind(Keys source)
    {
        var unknown = new BoundRead(
            new ReadSpec(ReadFormat.Csv, "", Defaults.MissingIsEmpty, null), Known: false);
        if (source.NeedMap("read", "{ csv: \"in/*.csv\" }, { camt053: … }, { mt940: … } or { sql: … }") is not { } map)
        {
            return unknown;
        }

        var keys = new Keys(map, source.PlaceOf("read"), SourceShapes.Read, scope.Report);
        var chosen = Formats.Where(format => keys.Has(format.Key)).ToList();
        if (chosen.Count != 1)
        {
            var later = map.Entries.Select(entry => entry.Key.Text).Where(LaterLanguage.Keys.Contains);
            if (chosen.Count > 1 || !later.Except(CsvKeys).Except(SqlReadBinder.Keys).Any())
            {
                scope.Report.Add(Findings.OneOf, keys.Owner, null, "'read'", "csv, camt053, mt940, sql");
            }

            return unknown;
        }

        if (chosen[0].Format == ReadFormat.Sql)
        {
            return OfQuery(keys);
        }

        RefuseKeys(keys, SqlReadBinder.Keys.Except(CsvKeys), "a file is no query");
        var path = PathPattern.Check(keys.Scalar(chosen[0].Key), scope);
        var missing = MissingIsEmpty(keys);
        var csv = chosen[0].Format == ReadFormat.Csv ? BindCsv(keys) : RefuseCsv(keys, chosen[0].Key);
        return new BoundRead(new ReadSpec(chosen[0].Format, path ?? "", missing, csv) { Wait = Wait(keys) }, Known: true);
    }

    TimeSpan? Wait(Keys keys)
    {
        if (keys.Find("missing") is not MapNode map)
        {
            return null;
        }

        var missing = new Keys(map, keys.PlaceOf("missing"), SourceShapes.Wait, scope.Report);
        return Durations.Bind(missing.NeedScalar("wait", "wait: 4h"), TimeSpan.FromSeconds(1), TimeSpan.FromDays(7), scope);
    }

    bool MissingIsEmpty(Keys keys)
    {
        if (keys.Find("missing") is MapNode)
        {
            return Defaults.MissingIsEmpty;
        }

        return Words.Choose(keys, "missing", Missing, Defaults.MissingIsEmpty, scope.Report);
    }

    BoundRead OfQuery(Keys keys)
    {
        RefuseKeys(keys, CsvKeys.Except(SqlReadBinder.Keys), "the server says how its columns are written");
        keys.RefuseIfPresent("missing", "an answer without rows is there and empty", "controls: [ { count: trailer.rows } ]");
        var spec = new ReadSpec(ReadFormat.Sql, "", Defaults.MissingIsEmpty, null) { Sql = new SqlReadBinder(scope).Bind(keys) };
        return new BoundRead(spec, Known: true);
    }

    static CsvSpec? RefuseCsv(Keys keys, string format)
    {
        RefuseKeys(keys, CsvKeys, $"{format} files say it themselves");
        return null;
    }

    static void RefuseKeys(Keys keys, IEnumerable<string> refused, string why)
    {
        foreach (var key in refused)
        {
            keys.RefuseIfPresent(key, why);
        }
    }

    CsvSpec BindCsv(Keys keys) => new(
        Words.Choose(keys, "separator", Separators, Defaults.Separator, scope.Report),
        Words.Choose(keys, "quote", Quotes, Defaults.Quote, scope.Report),
        Words.Choose(keys, "encoding", Encodings, Defaults.Encoding, scope.Report),
        Words.Choose(keys, "header", Words.TrueFalse, Defaults.HasHeader, scope.Report),
        scope.Integer(keys.Scalar("skip"), 0, 1000) ?? 0,
        BindTrailer(keys),
        BindDialect(keys));

    Dialect BindDialect(Keys keys)
    {
        var standard = Defaults.Dialect;
        var point = Words.Choose(keys, "decimal", Points, standard.Point, scope.Report);
        var grouping = Words.Choose(keys, "grouping", Groupings, standard.Grouping, scope.Report);
        if (point == grouping)
        {
            var place = keys.PlaceOf(keys.Has("grouping") ? "grouping" : "decimal");
            scope.Report.Add(
                Findings.BadText, place, "name 'decimal' and 'grouping' both", $"{(char)point}",
                "both point and grouping");
        }

        return new Dialect(
            point, grouping,
            TimePattern.Check(keys.Scalar("dates"), ofInstant: false, scope) ?? standard.Dates,
            TimePattern.Check(keys.Scalar("instants"), ofInstant: true, scope) ?? standard.Instants);
    }

    TrailerSpec? BindTrailer(Keys keys)
    {
        if (keys.Map("trailer") is not { } map)
        {
            return null;
        }

        var trailer = new Keys(map, keys.PlaceOf("trailer"), SourceShapes.Trailer, scope.Report);
        var first = scope.Text(
            trailer.NeedScalar("first_cell", "the text by which the last line is recognised"));
        var values = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in map.Entries.Where(entry => entry.Key.Text != "first_cell"))
        {
            if (Names.CheckIdentifier(entry.Key, "a trailer value", scope.Report)
                && scope.Integer(trailer.Scalar(entry.Key.Text), 1, 10_000) is { } position)
            {
                values[entry.Key.Text] = position;
            }
        }

        return new TrailerSpec(first ?? "", values);
    }
}

/// <summary>Paths of a pack: below the inputs, nothing else.</summary>
static class PathPattern
{
    /// <summary>
    /// Segments of <c>[A-Za-z0-9._-]</c>, blank, <c>*</c> and the tokens <c>{business_date[:format]}</c> and
    /// <c>{pack}</c>.
    /// </summary>
    public static string? Check(ScalarNode? node, PackScope scope)
    {
        if (scope.Text(node) is not { } path)
        {
            return null;
        }

        if (Fault(path) is { } fault)
        {
            scope.Report.Add(Findings.BadPath, node!.Place, "psp/{business_date}/*.csv", path, fault);
            return null;
        }

        return path;
    }

    static string? Fault(string path)
    {
        var bare = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] != '{')
            {
                bare.Append(path[i]);
                continue;
            }

            var end = path.IndexOf('}', i);
            if (end < 0 || TokenFault(path[(i + 1)..end]) is not null)
            {
                return end < 0 ? "a '{' without '}'" : TokenFault(path[(i + 1)..end]);
            }

            bare.Append('x');
            i = end;
        }

        return bare.ToString().Split('/').Select(SegmentFault).FirstOrDefault(fault => fault is not null);
    }

    static string? TokenFault(string token)
    {
        if (token is "business_date" or "pack")
        {
            return null;
        }

        if (!token.StartsWith("business_date:", StringComparison.Ordinal))
        {
            return "the tokens are {business_date}, {business_date:yyyyMMdd} and {pack}";
        }

        var format = token["business_date:".Length..];
        return format.Length > 1 && format.All(c => c is 'd' or 'M' or 'y' or '-' or '_' or '.')
            ? null
            : "the format of {business_date:…} has d, M and y only";
    }

    static string? SegmentFault(string segment) => segment switch
    {
        "" => "it begins or ends with '/', or has '//'",
        "." or ".." => "'..' and '.' would leave the inputs",
        _ when segment.Any(
            c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or '*' or ' ')) =>
            "letters, digits, . _ - and * only",
        _ => null,
    };
}

/// <summary>.NET patterns of dates and instants, tried before they are believed.</summary>
static class TimePattern
{
    static readonly DateTimeOffset Trial = new(2026, 11, 27, 17, 48, 39, TimeSpan.Zero);

    public static string? Check(ScalarNode? node, bool ofInstant, PackScope scope)
    {
        if (scope.Text(node) is not { } pattern)
        {
            return null;
        }

        if (ofInstant ? IsInstantPattern(pattern) : IsDatePattern(pattern))
        {
            return pattern;
        }

        var (what, hint) = ofInstant ? ("instants", "dd.MM.yyyy HH:mm:ss") : ("dates", "dd.MM.yyyy");
        scope.Report.Add(
            Findings.BadPattern, node!.Place, $"a .NET pattern with day, month and year: {hint}", pattern,
            what);
        return null;
    }

    /// <summary>True where a date written by the pattern is read by it again.</summary>
    public static bool IsDatePattern(string pattern)
    {
        try
        {
            var date = DateOnly.FromDateTime(Trial.DateTime);
            var text = date.ToString(pattern, CultureInfo.InvariantCulture);
            return pattern.Length > 1
                && DateOnly.TryParseExact(
                    text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
                && read == date;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>True where the pattern keeps date, hour and minute.</summary>
    static bool IsInstantPattern(string pattern)
    {
        try
        {
            var text = Trial.ToString(pattern, CultureInfo.InvariantCulture);
            return pattern.Length > 1
                && DateTimeOffset.TryParseExact(
                    text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
                && read.DateTime.Date == Trial.DateTime.Date
                && (read.Hour, read.Minute) == (Trial.Hour, Trial.Minute);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
