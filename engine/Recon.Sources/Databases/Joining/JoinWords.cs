// What the question for a join says in the words of each server.
using Recon.Model;

namespace Recon.Sources.Databases.Joining;

/// <summary>
/// Nothing of the answer rests on these words: rows that they pair are matched by the engine, and where it finds otherwise all is read
/// whole. They rest on one thing: where <see cref="Text"/> of two columns is equal, so are the cells that the answers would have.
/// </summary>
abstract class JoinWords
{
    /// <summary>Bytes of a cell that is surely short enough to be read, whatever it becomes as UTF-8.</summary>
    protected const int ShortBytes = 300_000;

    public static JoinWords Of(DatabaseServer server) => server switch
    {
        DatabaseServer.Sqlite => new SqliteJoinWords(),
        DatabaseServer.PostgreSql => new PostgresJoinWords(),
        DatabaseServer.SqlServer => new SqlServerJoinWords(),
        _ => new MySqlJoinWords(),
    };

    /// <summary>True where <see cref="Text"/> is what travels of a column, because the server takes no smallest of every type.</summary>
    public virtual bool SendsTexts => false;

    /// <summary>The name of a column, in quotes.</summary>
    public virtual string Name(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The value as a text that equals another only byte by byte, blanks at the end included; NULL stays NULL, or is no cell's text.</summary>
    public abstract string Text(string value, AnswerColumn column);

    /// <summary>True where <see cref="Text"/> tells all cells of the column apart.</summary>
    public abstract bool CanFace(AnswerColumn column);

    /// <summary>True where columns with equal texts have equal cells.</summary>
    public virtual bool CanFace(AnswerColumn column, AnswerColumn other) => CanFace(column) && CanFace(other);

    /// <summary>A condition: the value is there, and more than blanks.</summary>
    public abstract string IsFilled(string value, AnswerColumn column);

    /// <summary>A condition under which the cell surely makes no reject of its row; null where none does.</summary>
    /// <param name="isWanted">Whether a field reads it.</param>
    public abstract string? IsSound(string value, AnswerColumn column, bool isWanted);

    /// <summary>True where the server can take the smallest of one value, and say whether it is sound.</summary>
    public abstract bool CanTravel(AnswerColumn column);

    /// <summary>True where it is known of each row whether the column can stay behind.</summary>
    public virtual bool CanStayBehind(AnswerColumn column) => true;
}
