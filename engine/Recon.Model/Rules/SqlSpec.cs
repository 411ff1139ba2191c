// What a pack says about a source that is the answer of a query.
using Recon.Model.Columns;

namespace Recon.Model.Rules;

/// <summary>A query on a connection that the workspace names.</summary>
/// <param name="Connection">Name of the connection; the pack knows no address and no secret.</param>
/// <param name="Query">One SELECT, line ends LF, without white space around it.</param>
/// <param name="File">
/// The file of the pack that the query stands in, for people; null where it stands in the pack itself. No part of the pack's identity: the text is.
/// </param>
/// <param name="Arguments">What the pack gives for parameters of the query beside the business date and the window, by name.</param>
/// <param name="WindowDays">How many days the window has, the business date being the last; null where no window is asked for.</param>
/// <param name="Columns">All columns that the answer must have, in the order of the pack; null where only those that fields read are asked for.</param>
/// <param name="Trailer">A second query that gives totals for controls; null where there is none.</param>
public sealed record SqlSpec(
    string Connection,
    string Query,
    string? File,
    IReadOnlyList<SqlArgument> Arguments,
    int? WindowDays,
    IReadOnlyList<SqlColumn>? Columns,
    SqlTrailer? Trailer)
{
    /// <summary>The query as people know it: <c>LEDGER: sql/ledger.sql</c>.</summary>
    public string Label => $"{Connection}: {File ?? "query"}";

    /// <summary>Names of the parameters that <see cref="Query"/> asks for, each once, in ordinal order.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];
}

/// <summary>A value for <c>@name</c> in a query.</summary>
/// <param name="Kind">Text, number or date.</param>
/// <param name="Value">Canonical text of the kind.</param>
public sealed record SqlArgument(string Name, FieldKind Kind, string Value);

/// <summary>A column that an answer must have.</summary>
public sealed record SqlColumn(string Name, SqlType Type);

/// <summary>A query of one row, whose columns are the values <c>trailer.NAME</c> of controls.</summary>
public sealed record SqlTrailer(string Query, string? File, IReadOnlyList<string> Values)
{
    /// <summary>As of <see cref="SqlSpec.Asked"/>.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];
}

/// <summary>What a column of an answer holds, whatever the server calls it.</summary>
public enum SqlType
{
    /// <summary>Characters, and what has no other word here and is read as such: a uuid, JSON, an enumeration.</summary>
    Text,

    Integer,

    /// <summary>Exact, with digits behind the point.</summary>
    Decimal,

    /// <summary>Binary floating point: no amount, no id, no key.</summary>
    Float,

    Boolean,

    Date,

    /// <summary>Date and time of day without a zone.</summary>
    Timestamp,

    /// <summary>A moment: date and time of day with an offset.</summary>
    Instant,

    Binary,

    /// <summary>The server does not say: SQLite, of a computed column. Each cell says it for itself.</summary>
    Unknown,
}
