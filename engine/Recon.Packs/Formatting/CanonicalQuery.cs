// Writes a source that is a query as canonical text.
using System.Globalization;
using System.Text;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Binding;

namespace Recon.Packs.Formatting;

/// <summary>
/// The text of a query stands in the canonical text, also where the pack names a file: what is asked is part of the pack, where it is
/// written down is not.
/// </summary>
static class CanonicalQuery
{
    public static string Of(SqlSpec sql)
    {
        var parts = new StringBuilder($"sql: {CanonicalText.Quoted(sql.Connection)}, query: {CanonicalText.Quoted(sql.Query)}");
        if (sql.Arguments.Count > 0)
        {
            var sorted = sql.Arguments.OrderBy(given => given.Name, StringComparer.Ordinal);
            parts.Append(CultureInfo.InvariantCulture, $", parameters: {{ {Joined(sorted, Argument)} }}");
        }

        if (sql.WindowDays is { } days)
        {
            parts.Append(CultureInfo.InvariantCulture, $", window: {{ days: {days} }}");
        }

        if (sql.Columns is { } columns)
        {
            parts.Append(CultureInfo.InvariantCulture, $", columns: {{ {Joined(columns, Column)} }}");
        }

        if (sql.Trailer is { } trailer)
        {
            parts.Append(
                CultureInfo.InvariantCulture,
                $", trailer: {{ query: {CanonicalText.Quoted(trailer.Query)}, values: [{string.Join(", ", trailer.Values)}] }}");
        }

        return parts.ToString();
    }

    static string Joined<T>(IEnumerable<T> items, Func<T, string> write) => string.Join(", ", items.Select(write));

    static string Argument(SqlArgument given) => given.Kind == FieldKind.Text
        ? $"{given.Name}: {CanonicalText.Quoted(given.Value)}"
        : $"{given.Name}: {{ {FieldBinder.Name(given.Kind)}: {CanonicalText.Quoted(given.Value)} }}";

    static string Column(SqlColumn column) => $"{CanonicalText.Quoted(column.Name)}: {SqlReadBinder.Name(column.Type)}";
}
