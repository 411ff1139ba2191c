// The tables to which a run writes: how a row goes in and how all rows of a run come out.
using System.Text;

namespace Recon.Store.Sqlite;

/// <summary>
/// One table. <paramref name="Insert"/> names the columns in the order in which <paramref name="OfRun"/> reads them,
/// the number of the run first, so that what is read can be hashed as it was written.
/// </summary>
/// <param name="OfRun">All rows that run <c>@run</c> wrote, in the order in which it wrote them.</param>
sealed record RunTable(string Name, string Insert, string OfRun)
{
    /// <summary>All of them, in the order in which a run writes them: a row may point to earlier tables.</summary>
    public static IReadOnlyList<RunTable> All { get; } =
    [
        RunRows.Table,
        BreakRows.Table,
        EvidenceRows.Table,
        OpenItemRows.Table,
        SettledRows.Table,
        BreakSegments.Table,
        ClosingRows.Table,
        PostingRows.Table,
        PostingRows.Mentions,
        DocumentRows.Table,
    ];

    /// <summary>The hash of the rows of a run as the table has them now.</summary>
    public string DigestOf(Database database, long run)
    {
        using var digest = new RowDigest();
        using var statement = database.Prepare(OfRun);
        statement.ForEach(
            row =>
            {
                digest.Row(row.Count);
                for (var i = 0; i < row.Count; i++)
                {
                    Add(digest, row.Value(i));
                }
            },
            run);
        return digest.Finish();
    }

    static void Add(RowDigest digest, object? value)
    {
        switch (value)
        {
            case null:
                digest.Null();
                break;
            case long number:
                digest.Number(number);
                break;
            case double number:
                digest.Real(number);
                break;
            case byte[] bytes:
                digest.Bytes(bytes);
                break;
            default:
                digest.Text(Encoding.UTF8.GetBytes((string)value));
                break;
        }
    }
}
