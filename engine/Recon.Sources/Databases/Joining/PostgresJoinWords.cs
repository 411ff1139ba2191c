// The words of PostgreSQL for a join.
using Recon.Model.Rules;

namespace Recon.Sources.Databases.Joining;

/// <summary>
/// A cast to text is what the protocol sends, but for <c>character(n)</c>, which loses its blanks; under the collation "C" two texts are
/// equal where their bytes are, whatever collation the column has.
/// </summary>
sealed class PostgresJoinWords : JoinWords
{
    public override bool SendsTexts => true;

    public override string Text(string value, AnswerColumn column) => IsPadded(column)
        ? $"format('%s', {value}) COLLATE \"C\""
        : $"{value}::text COLLATE \"C\"";

    public override bool CanFace(AnswerColumn column) => true;

    public override string IsFilled(string value, AnswerColumn column) => $"btrim({Text(value, column)}) <> ''";

    // A text without a bound may be too long to be a cell.
    public override string? IsSound(string value, AnswerColumn column, bool isWanted) =>
        column.Type is SqlType.Text or SqlType.Binary && !column.ServerType.Contains('(', StringComparison.Ordinal) && column.ServerType != "uuid"
            ? $"coalesce(octet_length({value}::text) <= {ShortBytes}, true)"
            : null;

    public override bool CanTravel(AnswerColumn column) => true;

    static bool IsPadded(AnswerColumn column) =>
        column.ServerType.Split('(')[0].Trim() is "character" or "bpchar" or "char" or "\"char\"";
}
