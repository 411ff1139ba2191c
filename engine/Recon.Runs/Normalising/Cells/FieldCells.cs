// Where the cells of one field stand in one table.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Runs.Normalising.Cells;

/// <summary>
/// A field bound to the columns of a raw table. A column that the table lacks reads as NULL. In a table by field the
/// pack's columns, currencies, signs and patterns do not apply.
/// </summary>
sealed class FieldCells
{
    public FieldCells(SourceSpec source, FieldSpec field, RawTable table)
    {
        Field = field;
        Table = table;
        var byField = table.IsByField;
        Dialect = byField ? Dialect.Canonical : table.Dialect;
        Currency = byField ? null : field.Currency;
        Sign = byField ? null : field.Sign;
        DebitName = byField ? null : field.DebitColumn;
        CreditName = byField ? null : field.CreditColumn;
        Pattern = byField
            ? null
            : field.Pattern ?? (field.Kind == FieldKind.Date ? Dialect.Dates : Dialect.Instants);
        Zone = field.Zone ?? source.Zone;
        SignName = DebitName is null ? Sign?.Column : null;
        Value = table.Column(byField ? field.Name : field.Column);
        Debit = Find(DebitName);
        Credit = Find(CreditName);
        CurrencyColumn = Find(CurrencyName);
        SignColumn = Find(SignName);
    }

    public FieldSpec Field { get; }

    public RawTable Table { get; }

    public Dialect Dialect { get; }

    public CurrencyRule? Currency { get; }

    public SignRule? Sign { get; }

    public string? Pattern { get; }

    public string Zone { get; }

    public string? DebitName { get; }

    public string? CreditName { get; }

    public string? CurrencyName => Currency?.Column;

    /// <summary>Null where there is no sign column, or debit and credit have columns of their own.</summary>
    public string? SignName { get; }

    public TextColumn? Value { get; }

    public TextColumn? Debit { get; }

    public TextColumn? Credit { get; }

    public TextColumn? CurrencyColumn { get; }

    public TextColumn? SignColumn { get; }

    public static ReadOnlySpan<byte> Cell(TextColumn? column, int row) =>
        column is null ? default : column.Utf8(row);

    /// <summary>Without the ASCII white space around it: it means nothing in amounts, dates, codes and tokens.</summary>
    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> cell) =>
        cell.IsEmpty || (cell[0] > ' ' && cell[^1] > ' ') ? cell : cell.Trim(" \t\r\n\v\f"u8);

    TextColumn? Find(string? name) => name is null ? null : Table.Column(name);
}
