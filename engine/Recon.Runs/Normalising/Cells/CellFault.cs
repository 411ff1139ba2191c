// Why a cell could not be read.
namespace Recon.Runs.Normalising.Cells;

enum CellFaultKind : byte
{
    None,

    /// <summary>NULL in a required field.</summary>
    Missing,
    NoNumber,
    NoDate,
    NoInstant,

    /// <summary>A local time that the zone's clocks passed over.</summary>
    SkippedTime,
    NoCurrencyStated,
    BadCurrency,

    /// <summary>The cell says one currency, the pack or its column another.</summary>
    OtherCurrency,

    /// <summary>A token that is neither debit nor credit.</summary>
    UnknownSign,

    /// <summary>Debit and credit column both hold an amount.</summary>
    BothSides,

    /// <summary>Beyond ±10^37 units at the scale of its column.</summary>
    TooLarge,
}

/// <param name="Row">Row over all tables (see <see cref="RawRows"/>).</param>
readonly record struct CellFault(int Row, CellFaultKind Kind);
