// The words of MySQL and MariaDB for a join.
using Recon.Model.Rules;

namespace Recon.Sources.Databases.Joining;

/// <summary>What is cast to binary has no collation and no padding.</summary>
sealed class MySqlJoinWords : JoinWords
{
    public override string Text(string value, AnswerColumn column) => $"CAST({Plain(value)} AS BINARY)";

    public override bool CanFace(AnswerColumn column) => IsCharacters(column) || column.Type is SqlType.Integer or SqlType.Decimal or SqlType.Date;

    // A number may be written otherwise than a text that says the same.
    public override bool CanFace(AnswerColumn column, AnswerColumn other) => base.CanFace(column, other) && column.Type == other.Type;

    public override string IsFilled(string value, AnswerColumn column) => $"LENGTH(TRIM({Plain(value)})) > 0";

    public override string? IsSound(string value, AnswerColumn column, bool isWanted) => column.Type switch
    {
        SqlType.Binary => $"COALESCE(LENGTH({value}) <= {ShortBytes}, TRUE)",
        SqlType.Text =>
            $"COALESCE(LENGTH({Plain(value)}) <= {ShortBytes} AND LOCATE(CAST(CHAR(0) AS BINARY), {Text(value, column)}) = 0, TRUE)",
        SqlType.Date when isWanted => $"COALESCE({value} >= '1000-01-01', TRUE)",
        _ => null,
    };

    public override bool CanTravel(AnswerColumn column) => IsCharacters(column)
        || column.Type is SqlType.Integer or SqlType.Decimal or SqlType.Date or SqlType.Timestamp or SqlType.Instant;

    public override bool CanStayBehind(AnswerColumn column) => column.Type != SqlType.Unknown;

    static string Plain(string value) => $"CONVERT({value} USING utf8mb4)";

    static bool IsCharacters(AnswerColumn column) => column.Type == SqlType.Text
        && column.ServerType.Split('(', ' ')[0].ToUpperInvariant() is "CHAR" or "VARCHAR" or "TINYTEXT" or "TEXT" or "MEDIUMTEXT" or "LONGTEXT" or "ENUM";
}
