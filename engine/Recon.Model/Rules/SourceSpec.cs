// What a pack says about one source.
using Recon.Model.Columns;

namespace Recon.Model.Rules;

public enum SourceRole
{
    /// <summary>Our own ledger: postings go here.</summary>
    Books,

    /// <summary>A counterparty's view.</summary>
    External,

    /// <summary>A third party's view of both.</summary>
    Independent,
}

/// <summary>One source, bound: every name resolved, every default filled in.</summary>
/// <param name="Index">Place in the pack, from 0: the order in which sides are compared.</param>
/// <param name="Id">The field that holds the business key; null for <c>id: auto</c>.</param>
/// <param name="Value">The money field that exposure weighs; null where the source has no money.</param>
/// <param name="Fields">All fields in the order of the pack, derived ones last.</param>
/// <param name="Zone">The zone in which instants of this source become dates.</param>
/// <param name="Calendar">The source's business calendar, by name; null where none is named.</param>
/// <param name="Where">Keeps the records for which it holds; null keeps all.</param>
public sealed record SourceSpec(
    string Name,
    int Index,
    SourceRole Role,
    ReadSpec Read,
    string? Id,
    string? Value,
    string? PostingKey,
    IReadOnlyList<FieldSpec> Fields,
    string Zone,
    string? Calendar,
    RuleRef? Where,
    IReadOnlyList<ControlSpec> Controls)
{
    /// <summary>The text field that names whom a record concerns; null where none is named.</summary>
    public string? Counterparty { get; init; }

    /// <summary>How long a posting may take to come back; null exactly where <see cref="PostingKey"/> is.</summary>
    public BackSpec? BackWithin { get; init; }

    public FieldSpec Field(string name) => Fields.First(field => field.Name == name);

    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(Zone);
}

/// <summary>So many days after a posting was made; business days where a calendar is named.</summary>
public sealed record BackSpec(int Days, string? Calendar);

/// <summary>One field of a source.</summary>
/// <param name="Column">Header of its column (default: the field's name); <c>#n</c> for position n of a file without header.</param>
/// <param name="DebitColumn">With <paramref name="CreditColumn"/>: two columns of which one is filled; debit counts as minus.</param>
/// <param name="Zone">For instants without offset; default the source's zone.</param>
/// <param name="Derived">The C# that computes it; null for a field that is read.</param>
public sealed record FieldSpec(
    string Name,
    FieldKind Kind,
    bool Optional,
    string Column,
    string? DebitColumn,
    string? CreditColumn,
    IReadOnlyList<CleaningStep> Clean,
    CurrencyRule? Currency,
    SignRule? Sign,
    string? Pattern,
    string? Zone,
    RuleRef? Derived)
{
    /// <summary>The columns that it is read from, each once: of the value (or debit and credit), of the currency, of the sign.</summary>
    public IReadOnlyList<string> Columns
    {
        get
        {
            IEnumerable<string?> value = DebitColumn is null || CreditColumn is null ? [Column] : [DebitColumn, CreditColumn];
            return [.. value.Append(Currency?.Column).Append(Sign?.Column).OfType<string>().Distinct(StringComparer.Ordinal)];
        }
    }
}

/// <summary>Where the currency of a money field stands: a constant, or a column. Exactly one is set.</summary>
public sealed record CurrencyRule(Currency? Constant, string? Column);

/// <summary>A column that tells debit from credit by a token; any other token rejects the row.</summary>
/// <param name="DebitIsPlus">True where a debit is money in (an asset account in our books); default false, as on a bank statement.</param>
public sealed record SignRule(string Column, IReadOnlyList<string> Debit, IReadOnlyList<string> Credit, bool DebitIsPlus);

/// <summary>One step of cleaning a text cell before it is read.</summary>
public enum CleaningKind
{
    Trim,
    Upper,
    Lower,

    /// <summary>Keeps ASCII digits only.</summary>
    Digits,

    /// <summary>Keeps letters and digits only.</summary>
    Alphanumeric,

    /// <summary>Every run of white space becomes one blank.</summary>
    CollapseSpaces,

    /// <summary>Drops leading zeros, but for the last digit.</summary>
    NoLeadingZeros,

    /// <summary>Drops <see cref="CleaningStep.Argument"/> at the start, where it stands there.</summary>
    DropPrefix,

    /// <summary>Drops every occurrence of <see cref="CleaningStep.Argument"/>.</summary>
    Remove,
}

public sealed record CleaningStep(CleaningKind Kind, string? Argument = null);

/// <summary>Where and how to read a source.</summary>
/// <param name="Path">Pattern below the inputs, with <c>{business_date[:format]}</c>, <c>{pack}</c> and <c>*</c> within a segment.</param>
/// <param name="MissingIsEmpty"><c>missing: empty</c>: no file is an empty source; default: a fault (exit 4).</param>
public sealed record ReadSpec(ReadFormat Format, string Path, bool MissingIsEmpty, CsvSpec? Csv)
{
    /// <summary>Set exactly where <see cref="Format"/> is <see cref="ReadFormat.Sql"/>; the path is empty then.</summary>
    public SqlSpec? Sql { get; init; }

    /// <summary><c>missing: { wait: 4h }</c>: how long after its slot a scheduled run waits for a file; null: not at all.</summary>
    public TimeSpan? Wait { get; init; }
}

public enum ReadFormat
{
    Csv,
    Camt053,
    Mt940,
    Sql,
}

/// <summary>How a CSV file is cut into cells (RFC 4180, with the liberties that real files take).</summary>
/// <param name="Separator">One character: <c>,</c> <c>;</c> <c>|</c> or a tab.</param>
/// <param name="Quote">The quote character; a doubled quote inside quotes stands for itself. Null: no quoting.</param>
/// <param name="Encoding">utf-8, utf-16, windows-1252 or iso-8859-1, for files without BOM; a BOM wins.</param>
/// <param name="SkipLines">Lines to pass over before the header (or first row).</param>
public sealed record CsvSpec(
    char Separator,
    char? Quote,
    string Encoding,
    bool HasHeader,
    int SkipLines,
    TrailerSpec? Trailer,
    Dialect Dialect);

/// <summary>The last line of a file, recognised by the text of its first cell; it is no row.</summary>
/// <param name="Values">Name → position of the cell, from 1.</param>
public sealed record TrailerSpec(string FirstCell, IReadOnlyDictionary<string, int> Values);

/// <summary>A check on the whole of a source before matching.</summary>
/// <param name="Field">The field it is about; null where it needs none.</param>
/// <param name="Operand">What it is compared with: <c>trailer.NAME</c>, a number or money as text; null where it needs none.</param>
/// <param name="FlagOnly"><c>on_fail: flag</c>: makes a break and bars auto postings; default: the run stops (exit 7).</param>
public sealed record ControlSpec(ControlKind Kind, string? Field, string? Operand, bool FlagOnly, string Text);

public enum ControlKind
{
    /// <summary>No two rows share the field's value.</summary>
    Unique,

    /// <summary>The number of rows read equals the operand.</summary>
    Count,

    /// <summary>The sum of the field over all rows read equals the operand.</summary>
    Sum,

    /// <summary>No row was rejected for want of the field.</summary>
    Required,

    /// <summary>Opening balance + movements = closing balance, on every statement.</summary>
    OpeningMovementsClosing,

    /// <summary>Opening balance = closing balance of the account's statement before.</summary>
    OpeningIsPreviousClosing,
}
