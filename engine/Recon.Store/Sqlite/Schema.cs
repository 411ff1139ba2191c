// Brings a store's file to the schema that this engine knows, or says why it cannot.
using System.Globalization;
using System.Reflection;
using Recon.Model;

namespace Recon.Store.Sqlite;

static class Schema
{
    const string Folder = "Sqlite/Migrations/";

    /// <summary>'RCON' in the file's header: this database is a store of ours.</summary>
    const long ApplicationId = 0x52434F4E;

    static readonly Assembly Home = typeof(Schema).Assembly;

    static readonly IReadOnlyList<string> Scripts = [.. Home.GetManifestResourceNames().Where(IsScript)];

    /// <summary>The lock under which a file becomes a store.</summary>
    public const string Lock = "schema";

    /// <summary>Number of the last script that this engine brings along; each script writes its own into the file.</summary>
    public static int Version { get; } =
        Scripts.Max(name => int.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture));

    /// <summary>Of a store that is not there yet.</summary>
    public static SchemaStatus Unmade => new([], [.. Scripts.Order(StringComparer.Ordinal)]);

    /// <exception cref="ReconException">The store is newer than this engine, or the file is something else.</exception>
    public static SchemaStatus StatusOf(SqliteDatabase database)
    {
        var isCurrent = IsCurrent(database);
        var run = isCurrent || HasVersion(database) ? database.All(database.Sql["store.scripts_run"], row => row.Text(0)) : [];
        return new SchemaStatus([.. Unmade.Missing.Intersect(run)], [.. Unmade.Missing.Except(run)]);
    }

    /// <summary>
    /// Asks one question of a store that is up to date; runs the missing scripts on any other, each in a transaction,
    /// while other processes that open the same file wait.
    /// </summary>
    /// <exception cref="ReconException">The store is newer than this engine, or the file is something else.</exception>
    public static void BringUpToDate(SqliteDatabase database)
    {
        if (IsCurrent(database))
        {
            return;
        }

        using var turn = LockFile.Wait(database.Path, Lock, TimeSpan.FromSeconds(30));
        if (IsCurrent(database))
        {
            return;
        }

        // 16 KiB: most of a store are segments of hundreds of KiB. Heard only while the file is empty.
        database.Execute("PRAGMA page_size = 16384");
        database.Execute("PRAGMA journal_mode = WAL");
        Migration.Run(database.Path, Home, IsScript);
        Require.That(IsCurrent(database));
    }

    /// <exception cref="ReconException">The store is older, newer or something else.</exception>
    public static void DemandCurrent(SqliteDatabase database)
    {
        if (!IsCurrent(database))
        {
            throw SqliteFault.Damaged(
                database.Path, "an older engine wrote it and it may not be written here; open it once where it may be written");
        }
    }

    static bool IsCurrent(SqliteDatabase database)
    {
        var (application, version, tables) = database
            .All(database.Sql["store.identity"], row => (row.Number(0), row.Number(1), row.Number(2)))[0];
        if (application != ApplicationId && (application != 0 || tables != 0))
        {
            throw SqliteFault.Damaged(database.Path, "this is no store: the file is another program's database");
        }

        if (version > Version)
        {
            throw Newer(database, $"schema {version}, this engine knows {Version}");
        }

        // Before the first script there is no list of them.
        return version > 0 && database.All(database.Sql["store.scripts_run"], row => row.Text(0)).Except(Scripts).FirstOrDefault() is { } unknown
            ? throw Newer(database, $"{unknown} was run on it, this engine ends with {Scripts.Max(StringComparer.Ordinal)}")
            : version == Version;
    }

    // Before the first script there is no list of them.
    static bool HasVersion(SqliteDatabase database) => database.All(database.Sql["store.identity"], row => row.Number(1))[0] > 0;

    static ReconException Newer(SqliteDatabase database, string why) =>
        SqliteFault.Damaged(database.Path, $"the store was written by a newer engine ({why}); install that engine");

    static bool IsScript(string name) => name.StartsWith(Folder, StringComparison.Ordinal);
}
