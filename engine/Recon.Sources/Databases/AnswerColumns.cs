// The columns of an answer, and whether they are those that the pack expects.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources.Databases;

/// <param name="ServerType">As the server calls it; for messages.</param>
sealed record AnswerColumn(string Name, SqlType Type, string ServerType);

/// <summary>Held before the first row is read: a table that has changed is said at once, all of it.</summary>
static class AnswerColumns
{
    /// <exception cref="ReconException">One fault that names every column that is missing, changed or too much.</exception>
    public static void Check(SourceSpec source, IReadOnlyList<AnswerColumn> columns)
    {
        var faults = Faults(source, columns).ToList();
        if (faults.Count > 0)
        {
            throw new ReconException(
                $"{source.Name}: {source.Read.Sql!.Label}: the columns are not those that the pack expects: {string.Join("; ", faults)}; it has: "
                + string.Join(", ", columns.Take(40).Select(column => $"{Printable.Of(column.Name)} {column.ServerType}"))
                + (columns.Count > 40 ? $" and {columns.Count - 40} more" : ""),
                FaultKind.InputWrong);
        }
    }

    /// <exception cref="ReconException">The totals do not have a value that the pack names.</exception>
    public static void CheckTrailer(SqlTrailer trailer, string label, IReadOnlyList<AnswerColumn> columns) =>
        WantedColumns.Require(trailer.Values, [.. columns.Select(column => column.Name)], label);

    static IEnumerable<string> Faults(SourceSpec source, IReadOnlyList<AnswerColumn> columns)
    {
        foreach (var twice in columns.GroupBy(column => column.Name, StringComparer.Ordinal).Where(group => group.Count() > 1 || group.Key.Length == 0))
        {
            yield return twice.Key.Length == 0 ? "a column has no name" : $"'{twice.Key}' stands there {twice.Count()} times";
        }

        var wanted = WantedColumns.Of(source);
        foreach (var name in wanted.Union((source.Read.Sql!.Columns ?? []).Select(column => column.Name), StringComparer.Ordinal))
        {
            if (columns.All(column => column.Name != name))
            {
                var near = NearestName.Of(name, [.. columns.Select(column => column.Name).Except(wanted, StringComparer.Ordinal)]);
                yield return $"'{name}' is missing{(near is null ? "" : $" (did you mean '{near}'?)")}";
            }
        }

        foreach (var fault in columns.SelectMany(column => TypeFaults(source, column)))
        {
            yield return fault;
        }
    }

    static IEnumerable<string> TypeFaults(SourceSpec source, AnswerColumn column)
    {
        if (source.Read.Sql!.Columns is { } declared)
        {
            if (declared.FirstOrDefault(expected => expected.Name == column.Name) is not { } expected)
            {
                yield return $"'{column.Name}' is new";
            }
            else if (expected.Type != column.Type && column.Type != SqlType.Unknown)
            {
                yield return $"'{column.Name}' is {column.ServerType}, not {Word(expected.Type)}";
            }
        }

        foreach (var field in source.Fields.Where(field => field.Derived is null && IsValueOf(field, column.Name)))
        {
            if (FaultOf(field.Kind, column.Type) is { } what)
            {
                yield return $"'{column.Name}' is {column.ServerType}, and the field {field.Name} is {Word(field.Kind)}: {what}";
            }
        }
    }

    static bool IsValueOf(FieldSpec field, string column) =>
        field is { DebitColumn: { } debit, CreditColumn: { } credit } ? column == debit || column == credit : column == field.Column;

    static string? FaultOf(FieldKind kind, SqlType type) => (kind, type) switch
    {
        (_, SqlType.Unknown) => null,
        (_, SqlType.Float) => "floating point is never exact; cast it in the query, as in cast(x as decimal(18, 2))",
        (_, SqlType.Binary) => "bytes are no field; write them as text in the query",
        (FieldKind.Text, _) or (_, SqlType.Text) => null,
        (FieldKind.Money or FieldKind.Number, SqlType.Integer or SqlType.Decimal) => null,
        (FieldKind.Money or FieldKind.Number, _) => "it is no number",
        (FieldKind.Date, SqlType.Date) => null,
        (FieldKind.Date, SqlType.Timestamp or SqlType.Instant) => "of which zone is the day? Write cast(x as date), or make the field an instant",
        (FieldKind.Instant, SqlType.Timestamp or SqlType.Instant) => null,
        (FieldKind.Instant, SqlType.Date) => "a day is no moment; make the field a date",
        _ => "it cannot be read as such",
    };

    static string Word(FieldKind kind) => kind switch
    {
        FieldKind.Money => "money",
        FieldKind.Number => "a number",
        FieldKind.Date => "a date",
        FieldKind.Instant => "an instant",
        _ => "text",
    };

    static string Word(SqlType type) => type.ToString().ToLowerInvariant();
}
