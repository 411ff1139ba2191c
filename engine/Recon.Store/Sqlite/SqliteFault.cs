// Says what a failure of SQLite means: whether to try again, and which file to look at.
using Microsoft.Data.Sqlite;
using Recon.Model;

namespace Recon.Store.Sqlite;

static class SqliteFault
{
    // Result codes of SQLite, https://www.sqlite.org/rescode.html
    const int Busy = 5;
    const int Locked = 6;
    const int ReadOnly = 8;
    const int InputOutput = 10;
    const int Corrupt = 11;
    const int Full = 13;
    const int CannotOpen = 14;
    const int NotADatabase = 26;

    public static ReconException Of(SqliteException fault, string path) => new(
        $"{path}: {Meaning(fault)}", FaultKind.Storage, fault.SqliteErrorCode is Busy or Locked, fault);

    /// <summary>True where the file is there and may not be written, or what SQLite needs beside it may not be made.</summary>
    public static bool IsOfRights(ReconException fault) => fault.InnerException is UnauthorizedAccessException
        or SqliteException { SqliteErrorCode: ReadOnly or CannotOpen };

    public static ReconException Damaged(string path, string what) =>
        new($"{path}: {what}", FaultKind.Storage);

    static string Meaning(SqliteException fault) => fault.SqliteErrorCode switch
    {
        Busy or Locked => "another process is writing; try again",
        ReadOnly => "the store may not be written: the file, its directory or the disk is read-only",
        InputOutput => $"the disk failed: {fault.Message}",
        Corrupt => "the store is damaged; restore it from a backup",
        Full => "the disk is full: nothing was recorded; free some space and run again",
        CannotOpen => "the store cannot be opened: no such directory, no right to it, or a disk that is read-only",
        NotADatabase => "this is no store: the file is not an SQLite database",
        _ => fault.Message,
    };
}
