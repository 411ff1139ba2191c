// Writes a source as canonical text.
using System.Globalization;
using System.Text;
using Recon.Model.Rules;
using Recon.Packs.Binding;

namespace Recon.Packs.Formatting;

/// <summary>A source in canonical text.</summary>
static class CanonicalSource
{
    public static void Write(CanonicalWriter text, SourceSpec source)
    {
        text.Line($"{source.Name}:");
        text.Indented(() =>
        {
            text.Key("role", SourceBinder.Name(source.Role));
            text.Line($"read: {{ {(source.Read.Sql is { } sql ? CanonicalQuery.Of(sql) : Read(source.Read))} }}");
            text.Key("id", source.Id ?? "auto");
            WriteIf(text, "value", source.Value);
            WriteIf(text, "counterparty", source.Counterparty);
            WriteIf(text, "posting_key", source.PostingKey);
            WriteIf(text, "back_within", Back(source));
            text.Key("zone", CanonicalText.Quoted(source.Zone));
            if (source.Calendar is { } calendar)
            {
                text.Key("calendar", CanonicalText.Quoted(calendar));
            }

            text.Section("fields", [.. source.Fields.Where(field => field.Derived is null)], field =>
                text.Line($"{field.Name}: {{ {Field(field, source.Read)} }}"));
            text.Section(
                "derive", [.. source.Fields.Where(field => field.Derived is not null)],
                field => WriteDerived(text, field));
            text.Code("where", source.Where);
            text.Section("controls", source.Controls, control => text.Line($"- {{ {Control(control)} }}"));
        });
    }

    static void WriteIf(CanonicalWriter text, string key, string? name)
    {
        if (name is not null)
        {
            text.Key(key, name);
        }
    }

    // What is usual is left out: the text of packs that do not speak of it is what it was before they could.
    static string? Back(SourceSpec source) =>
        source.BackWithin is { } back && back != Defaults.BackWithin(source.Calendar) ? BackBinder.Text(back) : null;

    static void WriteDerived(CanonicalWriter text, FieldSpec field)
    {
        text.Line($"{field.Name}:");
        text.Indented(() =>
        {
            text.Key("type", Type(field));
            text.Code("value", field.Derived);
        });
    }

    static string Read(ReadSpec read)
    {
        var parts = new StringBuilder()
            .Append(ReadBinder.Name(read.Format)).Append(": ").Append(CanonicalText.Quoted(read.Path))
            .Append(", missing: ").Append(
                read.Wait is { } wait ? $"{{ wait: {Durations.Text(wait)} }}" : read.MissingIsEmpty ? "empty" : "fail");
        if (read.Csv is { } csv)
        {
            var dialect = csv.Dialect;
            parts.Append(
                $", separator: {Letter(csv.Separator)}, quote: {Letter(csv.Quote)}"
                + $", encoding: {csv.Encoding}, header: {CanonicalText.Word(csv.HasHeader)}"
                + $", skip: {csv.SkipLines}, decimal: {Letter((char)dialect.Point)}"
                + $", grouping: {Letter(dialect.Grouping == 0 ? null : (char)dialect.Grouping)}"
                + CanonicalText.Optional("dates", dialect.Dates)
                + CanonicalText.Optional("instants", dialect.Instants)
                + (csv.Trailer is { } trailer ? $", trailer: {{ {Trailer(trailer)} }}" : ""));
        }

        return parts.ToString();
    }

    static string Letter(char? c) => c is { } letter ? CanonicalText.Quoted(letter.ToString()) : "none";

    static string Trailer(TrailerSpec trailer) => $"first_cell: {CanonicalText.Quoted(trailer.FirstCell)}"
        + string.Concat(trailer.Values
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $", {pair.Key}: {pair.Value}"));

    static string Type(FieldSpec field) =>
        $"{(field.Optional ? "optional " : "")}{FieldBinder.Name(field.Kind)}";

    static string Field(FieldSpec field, ReadSpec read)
    {
        var parts = new StringBuilder($"type: {Type(field)}");
        if (field.DebitColumn is not null)
        {
            parts.Append(
                CultureInfo.InvariantCulture,
                $", debit: {Column(field.DebitColumn)}, credit: {Column(field.CreditColumn!)}");
        }
        else
        {
            parts.Append(", ").Append(Column(field.Column, read));
        }

        if (field.Clean.Count > 0)
        {
            parts.Append(
                CultureInfo.InvariantCulture, $", clean: [{string.Join(", ", field.Clean.Select(Step))}]");
        }

        if (field.Currency is { } currency)
        {
            parts.Append(
                CultureInfo.InvariantCulture,
                $", currency: {currency.Constant?.Code ?? $"{{ {Column(currency.Column!, read)} }}"}");
        }

        if (field.Sign is { } sign)
        {
            parts.Append(
                CultureInfo.InvariantCulture,
                $", sign: {{ {Column(sign.Column, read)}, debit: [{Tokens(sign.Debit)}]"
                + $", credit: [{Tokens(sign.Credit)}], plus: {(sign.DebitIsPlus ? "debit" : "credit")} }}");
        }

        return parts.Append(CanonicalText.Optional("zone", field.Zone))
            .Append(CanonicalText.Optional("format", field.Pattern)).ToString();
    }

    static bool ByPosition(ReadSpec read) => read.Csv is { HasHeader: false };

    static string Column(string column, ReadSpec read) =>
        ByPosition(read) ? $"position: {column[1..]}" : $"column: {CanonicalText.Quoted(column)}";

    static string Column(string column) =>
        column.StartsWith('#') ? column[1..] : CanonicalText.Quoted(column);

    static string Tokens(IReadOnlyList<string> tokens) =>
        string.Join(", ", tokens.Select(CanonicalText.Quoted));

    static string Step(CleaningStep step) => step.Argument is null
        ? CleaningSteps.Name(step.Kind)
        : $"{{ {CleaningSteps.Name(step.Kind)}: {CanonicalText.Quoted(step.Argument)} }}";

    static string Control(ControlSpec control)
    {
        var body = control.Kind switch
        {
            ControlKind.Unique => $"unique: {control.Field}",
            ControlKind.Required => $"required: {control.Field}",
            ControlKind.Count => $"count: {control.Operand}",
            ControlKind.Sum => $"sum: {control.Field}, equals: {control.Operand}",
            _ => $"check: {CanonicalText.Quoted(control.Text)}",
        };
        return $"{body}, on_fail: {(control.FlagOnly ? "flag" : "stop")}";
    }
}
