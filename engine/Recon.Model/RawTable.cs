// The rows of a source as they were read: text cells, with the place each row came from.
using System.Text.Json.Serialization;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Model;

/// <summary>What a reader hands over: columns of text by name, statements, trailer values and the rows it refused.</summary>
/// <remarks>Cells are NULL where the file has none; an empty cell is an empty text. All columns have <see cref="Count"/> rows.</remarks>
public sealed record RawTable
{
    /// <summary>Name of the source, as in the pack.</summary>
    public required string Source { get; init; }

    /// <summary>How its cells write numbers and dates.</summary>
    public required Dialect Dialect { get; init; }

    /// <summary>Column names in the order of the file. Position n of a file without header is named <c>#n</c> (from 1).</summary>
    public required IReadOnlyList<string> ColumnNames { get; init; }

    public required IReadOnlyList<TextColumn> Columns { get; init; }

    public required int Count { get; init; }

    /// <summary>
    /// So many rows at the beginning were joined by their server: row i is the only one of its key, as is row i of the other source, and
    /// of it only what <see cref="PushDown"/> names has been read; other cells are NULL.
    /// </summary>
    public int Joined { get; init; }

    /// <summary>
    /// True where columns are named by field and cells are canonical (<c>10.00 EUR</c>, signed from our side), as in the
    /// rows of a test: column names, signs, currencies and patterns of the pack do not apply, cleaning does.
    /// </summary>
    public bool IsByField { get; init; }

    /// <summary>The files read, as the pack's path names them (relative to the inputs), sorted ordinally.</summary>
    public required IReadOnlyList<InputFile> Files { get; init; }

    /// <summary>Row → index into <see cref="Files"/>; null where there is one file or none.</summary>
    public ushort[]? FileOf { get; init; }

    /// <summary>Row → line number in its file; null where lines mean nothing.</summary>
    public RowLines? LineOf { get; init; }

    /// <summary>
    /// Row → index into <see cref="Statements"/>, −1 for none; null where the format has no statements.
    /// </summary>
    public int[]? StatementOf { get; init; }

    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>Columns that say in which statement a row came, not what it is: one booking in two statements is one record.</summary>
    public IReadOnlyList<string> DeliveryColumns { get; init; } = [];

    /// <summary>Values named by <c>trailer:</c>, for controls: name and text as written, one entry a file that has one.</summary>
    public IReadOnlyList<TrailerValue> Trailer { get; init; } = [];

    /// <summary>Rows that could not be read as rows (quotes, encoding, number of cells), already counted as read.</summary>
    public IReadOnlyList<Reject> Rejects { get; init; } = [];

    /// <summary>What people should know of the files, one line each; they name no file and no source.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>True where rows of the files were left out: totals are not those that the files state.</summary>
    public bool IsPart { get; init; }

    public TextColumn? Column(string name)
    {
        for (var i = 0; i < ColumnNames.Count; i++)
        {
            if (string.Equals(ColumnNames[i], name, StringComparison.Ordinal))
            {
                return Columns[i];
            }
        }

        return null;
    }

    public string? FileName(int row) => Files.Count == 0 ? null : Files[FileOf?[row] ?? 0].Name;

    public int? Line(int row) => LineOf?[row];
}

/// <summary>One input file: its name below the inputs and the SHA-256 of its bytes, in lower-case hex.</summary>
public sealed record InputFile(string Name, string Sha256, long Bytes)
{
    /// <summary>Rows of it that the server joined, so that only their compared columns were read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Joined { get; init; }

    /// <summary>Why the server joined nothing, though the pack lets it; null where it did, or where nothing was to be joined.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? NotJoined { get; init; }
}

/// <summary>A value of a file's trailer line, for controls.</summary>
/// <param name="Line">From 1; 0 where no line means anything, as in the answer of a query.</param>
public sealed record TrailerValue(string File, int Line, string Name, string Text);

/// <summary>One statement of an account: balances as stated, and what the entries add up to.</summary>
/// <param name="Movements">Sum of the booked entries, signed from our side; null where they are of several currencies or none could be read.</param>
/// <param name="Line">Line in the file where the statement begins, from 1.</param>
public sealed record Statement(
    string File,
    int Line,
    string Account,
    string Number,
    Balance? Opening,
    Balance? Closing,
    Money? Movements,
    int Entries)
{
    /// <summary>Why the entries do not add up to one sum: the place of the first in another currency; else null.</summary>
    public string? MovementsNote { get; init; }

    /// <summary>True where it opens with what the page before it closed with (:60M:): it is no first page.</summary>
    public bool IsContinuation { get; init; }

    /// <summary>True where its closing balance is that of a page (:62M:): another page follows.</summary>
    public bool IsContinued { get; init; }

    /// <summary>What was rejected while the statement was read, in the order of the file.</summary>
    public IReadOnlyList<Reject> Rejects { get; init; } = [];
}

/// <summary>A balance of an account on a day, as the statement gives it; positive is our money.</summary>
public sealed record Balance(Money Amount, DateOnly Date);

/// <summary>A row that could not become a record: the data's kind of failure.</summary>
/// <param name="File">File below the inputs; null for rows that came from no file.</param>
/// <param name="Line">From 1; null where a line means nothing.</param>
/// <param name="Id">The business key, where it could be read.</param>
/// <param name="Reason">One line: field, what was found, what was expected.</param>
/// <param name="Content">The row as canonical text, for sorting and for people; cut at 500 characters.</param>
public sealed record Reject(string Source, string? File, int? Line, string? Id, string Reason, string Content);
