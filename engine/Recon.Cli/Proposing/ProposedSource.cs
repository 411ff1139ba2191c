// A source as it is proposed for a file: its fields with their kinds, and the values by which sides are compared.
using System.Globalization;
using System.Text;
using Recon.Sources.Profiling;

namespace Recon.Cli.Proposing;

/// <param name="Kind">A kind of the pack language, without <c>optional</c>.</param>
/// <param name="More">What stands behind the type and the column: <c>, currency: EUR</c>.</param>
sealed record ProposedField(string Name, ColumnProfile Column, string Kind, string More)
{
    const string Debit = ", plus: debit";

    /// <summary>A column of its own tells debit from credit.</summary>
    public bool HasSign => More.Contains("sign:", StringComparison.Ordinal);

    public bool IsDebitPlus => More.Contains(Debit, StringComparison.Ordinal);

    /// <summary>The same with debit as plus.</summary>
    public ProposedField Turned() => this with { More = More[..^2] + Debit + " }" };
}

/// <param name="Id">The field of the business key; null for <c>auto</c>.</param>
/// <param name="Currencies">Of its amounts, the most frequent first.</param>
sealed record ProposedSource(
    string Name, string Role, FileProfile Profile, IReadOnlyList<ProposedField> Fields, string? Id, IReadOnlyList<string> Currencies)
{
    // More columns than that are of no pack that a person reads.
    const int MostFields = 60;

    static readonly string[][] SignTokens =
        [["D", "C"], ["S", "H"], ["DR", "CR"], ["DBIT", "CRDT"], ["DEBIT", "CREDIT"], ["SOLL", "HABEN"], ["-", "+"], ["OUT", "IN"]];

    // A name of a field is a name of C#.
    static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "char", "checked", "class", "const", "decimal", "default", "do", "double", "else",
        "enum", "event", "false", "fixed", "float", "for", "if", "in", "int", "interface", "internal", "is", "lock", "long", "new", "null", "object",
        "operator", "out", "override", "params", "private", "public", "ref", "return", "short", "static", "string", "struct", "switch", "this", "true",
        "try", "using", "void", "while",
    };

    public IEnumerable<ProposedField> Texts => Fields.Where(each => each.Kind == "text");

    public IEnumerable<ProposedField> Amounts => Fields.Where(each => each.Kind == "money");

    public IEnumerable<ProposedField> Days => Fields.Where(each => each.Kind is "date" or "instant");

    public static ProposedSource Of(string name, string role, FileProfile profile, string usualCurrency)
    {
        // A pack cannot read a column without a name.
        var columns = profile.Columns.Where(column => column.Name.Length > 0).Take(MostFields).ToList();
        var currency = columns.Find(column => column.Meaning == ColumnMeaning.CurrencyCode);
        var sign = SignOf(columns);
        var names = new HashSet<string>(StringComparer.Ordinal);
        List<ProposedField> fields = [.. columns.Select(column => FieldOf(column, names, profile.Numbers, currency?.Name, usualCurrency, sign))];
        var id = fields.Where(field => field.Kind == "text" && field.Column.IsUnique)
            .OrderByDescending(field => NameHints.IsName(field.Column.Name)).FirstOrDefault();
        return new ProposedSource(name, role, profile, fields, id?.Name, currency is null ? [usualCurrency] :
        [
            .. currency.Texts.OfType<string>().CountBy(code => code).OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key),
        ]);
    }

    /// <summary>The amounts of a field by row as the pack will sign them, for comparing; null where a cell is none.</summary>
    public decimal?[] AmountsOf(ProposedField field)
    {
        var sign = SignOf(Profile.Columns);
        var signs = field.HasSign ? sign!.Value.Column.Texts : null;
        var minus = field.IsDebitPlus ? sign!.Value.Credit : sign?.Debit;
        return
        [
            .. field.Column.Texts.Select((text, row) => text is not null && Profile.NumberOf(text) is { } number
                ? signs?[row] is { } token && token == minus ? -number : number
                : (decimal?)null),
        ];
    }

    /// <summary>The same with debit as plus in this field.</summary>
    public ProposedSource Turned(ProposedField field) => this with { Fields = [.. Fields.Select(each => each == field ? field.Turned() : each)] };

    public static DateOnly?[] DaysOf(ProposedField field) => [.. field.Column.Texts.Select(text => text is null ? null : field.Column.DayOf(text))];

    static ProposedField FieldOf(
        ColumnProfile column, HashSet<string> names, NumberForm numbers, string? currencyColumn, string usualCurrency,
        (ColumnProfile Column, string Debit, string Credit)? sign)
    {
        var name = NameOf(column.Name, names);
        if (column.Meaning is ColumnMeaning.Date or ColumnMeaning.Instant)
        {
            var isIso = column.Format == "yyyy-MM-dd" || ColumnProfile.IsIsoInstant(column.Format!);
            var kind = column.Meaning == ColumnMeaning.Date ? "date" : "instant";
            return new ProposedField(name, column, kind, isIso ? "" : $", format: {Quoted(column.Format!)}");
        }

        if (column.Meaning != ColumnMeaning.Number || !column.Fits(numbers))
        {
            return new ProposedField(name, column, "text", "");
        }

        if (!NameHints.IsAmount(column.Name) && !column.HasCents(numbers))
        {
            return new ProposedField(name, column, "number", "");
        }

        var currency = currencyColumn is null ? usualCurrency : $"{{ column: {Quoted(currencyColumn)} }}";
        return new ProposedField(name, column, "money", sign is { } there && !column.Distinct.Any(text => text.StartsWith('-'))
            ? $", currency: {currency}, sign: {{ column: {Quoted(there.Column.Name)}, debit: {Quoted(there.Debit)}, credit: {Quoted(there.Credit)} }}"
            : $", currency: {currency}");
    }

    static (ColumnProfile Column, string Debit, string Credit)? SignOf(IReadOnlyList<ColumnProfile> columns)
    {
        foreach (var column in columns.Where(column => column.Meaning == ColumnMeaning.Text && !column.HasEmpty && column.Distinct.Count == 2))
        {
            if (Array.Find(SignTokens, tokens => column.Distinct.All(text => tokens.Contains(text, StringComparer.OrdinalIgnoreCase))) is { } found)
            {
                var debit = column.Distinct.First(text => found[0].Equals(text, StringComparison.OrdinalIgnoreCase));
                return (column, debit, column.Distinct.First(text => text != debit));
            }
        }

        return null;
    }

    static string NameOf(string header, HashSet<string> taken)
    {
        var name = new StringBuilder();
        foreach (var letter in header.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(char.ToLowerInvariant(letter));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }
        }

        var plain = name.ToString().Trim('_');
        plain = plain.Length == 0 || !char.IsAsciiLetter(plain[0]) ? $"column_{plain}".TrimEnd('_') : plain;
        plain = Reserved.Contains(plain) ? $"{plain}_value" : plain;
        var unique = plain;
        for (var number = 2; !taken.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{plain}_{number}");
        }

        return unique;
    }

    internal static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text, Yaml);

    static readonly System.Text.Json.JsonSerializerOptions Yaml = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
