// Says of a cell that could not be read what was found and what was expected.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Normalising;

static class FaultText
{
    const int CellCharacters = 80;
    const string OnlyOptional = "only an optional field may be empty";

    public static string Of(
        RawRows rows, SourceSpec source, FieldSpec field, FieldValues values, CellFault fault)
    {
        var table = rows.TableOf(fault.Row);
        var cells = new FieldCells(source, field, rows.Tables[table]);
        var found = new FoundCells(cells, rows.RowInTable(fault.Row, table));
        return $"field '{field.Name}': " + fault.Kind switch
        {
            CellFaultKind.Missing => Missing(cells),
            CellFaultKind.NoNumber => NoNumber(cells, found),
            CellFaultKind.NoDate => $"'{found.Value}' is no date (expected {cells.Pattern ?? "yyyy-MM-dd"})",
            CellFaultKind.NoInstant =>
                $"'{found.Value}' is no moment (expected {cells.Pattern ?? "2026-02-27T10:00:05Z"})",
            CellFaultKind.SkippedTime =>
                $"'{found.Value}' does not exist in {cells.Zone}, where the clocks were put forward " +
                "over it (expected a local time, or one with its offset)",
            CellFaultKind.NoCurrencyStated => cells.CurrencyName is null
                ? $"'{found.Value}' has no currency (expected 1234.56 EUR)"
                : $"column '{cells.CurrencyName}' is empty (expected a currency such as EUR)",
            CellFaultKind.BadCurrency => BadCurrency(cells, found),
            CellFaultKind.OtherCurrency =>
                $"'{found.Value}' is of another currency (expected {Expected(cells, found)})",
            CellFaultKind.UnknownSign => UnknownSign(cells, found),
            CellFaultKind.BothSides =>
                $"'{found.Debit}' in column '{cells.DebitName}' and " +
                $"'{found.Credit}' in column '{cells.CreditName}' (expected one of them)",
            CellFaultKind.TooLarge => TooLarge((AmountValues)values, fault.Row),
            _ => throw new InvalidOperationException($"bug: no text for {fault.Kind}"),
        };
    }

    /// <summary>A derived field that must not be NULL.</summary>
    public static string MissingDerived(FieldSpec field) =>
        $"field '{field.Name}': the rule gave nothing (expected {Noun(field.Kind)}; {OnlyOptional})";

    public static string MissingId(FieldSpec field) =>
        $"field '{field.Name}': empty, but it is the id (expected {Noun(field.Kind)})";

    static string Missing(FieldCells cells) => cells.DebitName is null
        ? $"empty (expected {Noun(cells.Field.Kind)}; {OnlyOptional})"
        : $"neither column '{cells.DebitName}' nor column '{cells.CreditName}' is filled " +
            "(expected one of them)";

    static string NoNumber(FieldCells cells, FoundCells found)
    {
        var text = cells.DebitName is null ? found.Value
            : ReadsAsNumber(found.Debit, cells.Dialect) ? found.Credit
            : found.Debit;
        return text.Count(char.IsAsciiDigit) > ExactNumber.MaxScale
            ? $"'{text}' has too many digits (expected at most 37, {ExactNumber.MaxScale} behind the point)"
            : $"'{text}' is no number (expected {Sample(cells.Dialect)})";
    }

    static bool ReadsAsNumber(string text, Dialect dialect) => text.Length == 0
        || ExactNumber.TryParse(
            System.Text.Encoding.UTF8.GetBytes(text), out _, dialect.Point, dialect.Grouping);

    static string Sample(Dialect dialect)
    {
        var grouping = dialect.Grouping == 0 ? "" : $"{(char)dialect.Grouping}";
        return $"1{grouping}234{(char)dialect.Point}56";
    }

    static string BadCurrency(FieldCells cells, FoundCells found) =>
        cells.CurrencyName is not null && found.Currency.Length > 0
            && !Currency.TryParse(found.Currency, out _)
            ? $"'{found.Currency}' in column '{cells.CurrencyName}' is no currency (expected one such as EUR)"
            : $"'{found.Value}' ends with no currency (expected one such as EUR)";

    static string Expected(FieldCells cells, FoundCells found) =>
        cells.CurrencyName is null
            ? cells.Currency?.Constant.ToString() ?? ""
            : $"{found.Currency} as in column '{cells.CurrencyName}'";

    static string UnknownSign(FieldCells cells, FoundCells found) =>
        $"'{found.Sign}' in column '{cells.SignName}' is neither debit nor credit (expected " +
        $"{string.Join(" or ", cells.Sign!.Debit)} for debit, " +
        $"{string.Join(" or ", cells.Sign.Credit)} for credit)";

    static string TooLarge(AmountValues values, int row) =>
        $"'{new ExactNumber(values.Units(row), values.Scale(row))}' is too large beside amounts of " +
        "this field with more decimals (expected less than 10^37 counted in the smallest of them)";

    static string Noun(FieldKind kind) => kind switch
    {
        FieldKind.Text => "a text",
        FieldKind.Money => "an amount",
        FieldKind.Number => "a number",
        FieldKind.Date => "a date",
        _ => "a moment",
    };

    readonly struct FoundCells(FieldCells cells, int row)
    {
        public string Value => Shown(cells.Value ?? cells.Debit);

        public string Debit => Shown(cells.Debit);

        public string Credit => Shown(cells.Credit);

        public string Currency => Shown(cells.CurrencyColumn);

        public string Sign => Shown(cells.SignColumn);

        string Shown(TextColumn? column) => OneLine.Of(column?.Text(row)?.Trim(' ') ?? "", CellCharacters);
    }
}
