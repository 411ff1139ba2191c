// The words of SQL Server for a join.
using Recon.Model.Rules;

namespace Recon.Sources.Databases.Joining;

/// <summary>
/// Even a binary collation pays no heed to blanks at the end, so a sign stands behind each text. Numbers and days become texts as C# writes
/// them; of other types the server would write another text than the cell.
/// </summary>
sealed class SqlServerJoinWords : JoinWords
{
    // Of a text that may be a key; the sign behind it needs room in nvarchar(4000).
    const int KeyCharacters = 2000;

    public override string Text(string value, AnswerColumn column) => $"CONCAT({Plain(value, column)}, N'|') COLLATE Latin1_General_BIN2";

    public override bool CanFace(AnswerColumn column) => column.Type is SqlType.Integer or SqlType.Decimal or SqlType.Date || IsCharacters(column);

    // A number may be written otherwise than a text that says the same.
    public override bool CanFace(AnswerColumn column, AnswerColumn other) => base.CanFace(column, other) && column.Type == other.Type;

    public override string IsFilled(string value, AnswerColumn column) => IsCharacters(column)
        ? $"({value} IS NOT NULL AND DATALENGTH({value}) <= {KeyCharacters} AND LTRIM(RTRIM({Plain(value, column)})) <> N'')"
        : $"{value} IS NOT NULL";

    // Half of a surrogate pair is no text, and a whole one is left to the engine.
    public override string? IsSound(string value, AnswerColumn column, bool isWanted) => IsCharacters(column)
        ? $"({value} IS NULL OR (DATALENGTH({value}) <= {ShortBytes} AND CHARINDEX(NCHAR(0) COLLATE Latin1_General_BIN2, {value}) = 0"
            + $" AND {value} COLLATE Latin1_General_BIN2 NOT LIKE N'%[' + NCHAR(55296) + N'-' + NCHAR(57343) + N']%'))"
        : null;

    public override bool CanTravel(AnswerColumn column) => IsCharacters(column)
        || column.Type is SqlType.Integer or SqlType.Decimal or SqlType.Date or SqlType.Timestamp or SqlType.Instant;

    public override bool CanStayBehind(AnswerColumn column) => IsCharacters(column) || column.ServerType is "time" or "uniqueidentifier"
        || column.Type is SqlType.Integer or SqlType.Decimal or SqlType.Boolean or SqlType.Date or SqlType.Timestamp or SqlType.Instant;

    static bool IsCharacters(AnswerColumn column) => column.ServerType.ToLowerInvariant() is "char" or "varchar" or "nchar" or "nvarchar";

    static string Plain(string value, AnswerColumn column) => column.ServerType.ToLowerInvariant() switch
    {
        "money" or "smallmoney" => $"CONVERT(nvarchar(60), {value}, 2)",
        "date" => $"CONVERT(nvarchar(10), {value}, 23)",
        _ => $"CAST({value} AS nvarchar({KeyCharacters}))",
    };
}
