// The words of SQLite for a join.
namespace Recon.Sources.Databases.Joining;

/// <summary>
/// A value has the type of its row, and only whole numbers and texts are cells of a field. What is put together from two texts has no
/// collation, and is compared byte by byte.
/// </summary>
sealed class SqliteJoinWords : JoinWords
{
    /// <summary>A function of the session: whether the bytes of a text are UTF-8, without NUL, and not too many.</summary>
    public const string IsCell = "recon_is_cell";

    public const int LongestCell = ShortBytes;

    public override string Text(string value, AnswerColumn column) => $"(CAST({value} AS TEXT) || '')";

    public override bool CanFace(AnswerColumn column) => true;

    public override string IsFilled(string value, AnswerColumn column) => $"trim({value}) <> ''";

    public override string? IsSound(string value, AnswerColumn column, bool isWanted) =>
        $"(typeof({value}) IN ('null', 'integer'{(isWanted ? "" : ", 'real'")}) OR (typeof({value}) = 'text' AND {IsCell}(CAST({value} AS BLOB))))";

    public override bool CanTravel(AnswerColumn column) => true;
}
