// Which columns of a source say who and what, and are hidden, and which say how much and when, and stay.
using System.Text;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Freezing;

/// <summary>What stands in the place of the cells of one source.</summary>
/// <remarks>
/// Amounts, currencies, signs, numbers and days stay. Texts are cleaned as their field says before they are masked, as the mask hides where a
/// cell could be cut; cleaning them again changes nothing. A column that no field reads is masked, whatever it holds.
/// </remarks>
sealed class MaskedColumns(SourceSpec source, TextMask mask)
{
    readonly Dictionary<string, Func<string, string>?> _known = new(StringComparer.Ordinal);

    public bool IsMasked(string column) => Cleaning(column) is not null;

    /// <summary>A cell of a masked column as its field cleans it.</summary>
    public string Cleaned(string column, string cell) => Cleaning(column)!(cell);

    /// <summary>What is written in the place of a cell of the column; null where cells stay.</summary>
    public Func<string, string>? Of(string column) => Cleaning(column) is { } cleaned ? cell => mask.Of(cleaned(cell)) : null;

    /// <summary>The id of a record as its masked row will have it.</summary>
    public string Id(string id) => source.Id is { } field && source.Field(field).Kind != FieldKind.Text ? id : mask.Of(id);

    Func<string, string>? Cleaning(string column)
    {
        if (!_known.TryGetValue(column, out var cleaned))
        {
            _known.Add(column, cleaned = CleaningOf(column));
        }

        return cleaned;
    }

    Func<string, string>? CleaningOf(string column)
    {
        var readers = source.Fields.Where(field => field.Derived is null && field.Columns.Contains(column, StringComparer.Ordinal)).ToList();
        if (readers.Exists(field => field.Kind != FieldKind.Text))
        {
            return null;
        }

        var cleanings = readers.DistinctBy(field => string.Join('\n', field.Clean)).ToList();
        if (cleanings is not [{ Clean: { Count: > 0 } steps }])
        {
            return cell => cell;
        }

        var cleaning = new CellCleaning(steps);
        return cell => Encoding.UTF8.GetString(cleaning.Clean(Encoding.UTF8.GetBytes(cell)));
    }
}
