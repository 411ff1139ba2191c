// Whom the records of a break concern.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <summary>Counterparties where the pack's exposure asks for them; null for all where it does not.</summary>
sealed class Counterparties(Pack pack)
{
    readonly bool _isAsked = pack.Exposure.By.Contains(ExposureDimension.Counterparty);

    /// <summary>Of a record whose row nobody has.</summary>
    public string? Unknown => _isAsked ? "" : null;

    /// <returns>Empty where the source names none, or the record has none.</returns>
    public string? Of(RecordTable table, int row) => !_isAsked ? null
        : table.Source.Counterparty is { } field ? table.Column(field).Display(row) ?? ""
        : "";

    /// <returns>That of all records which name one; empty where they name several or none.</returns>
    public string? Of(Subject subject)
    {
        if (!_isAsked)
        {
            return null;
        }

        var named = subject.Rows.SelectMany((rows, side) => rows.Select(row => Of(subject.View.Tables[side], row)!))
            .Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return named is [var only] ? only : "";
    }
}
