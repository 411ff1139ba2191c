// One turn of a node: reads and writes due runs within its transaction.
using System.Data.Common;
using System.Globalization;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Scheduling;

namespace Recon.Store.Schedules;

sealed class ScheduleTurn(DbConnection connection, DbTransaction transaction) : IScheduleTurn
{
    const string AllPacks = "SELECT pack_id, looked_until, paused_by, paused_at FROM schedule_packs";

    public IReadOnlyList<PackStanding> Packs() =>
    [
        .. Query(AllPacks, row => new PackStanding(row.GetString(0), MomentOf(row, 1)!.Value, TextOf(row, 2), MomentOf(row, 3)))
            .OrderBy(pack => pack.PackId, StringComparer.Ordinal),
    ];

    const string ChangePack = """
        UPDATE schedule_packs SET looked_until = @looked_until, paused_by = @paused_by, paused_at = @paused_at
        WHERE pack_id = @pack_id
        """;

    const string AddPack = """
        INSERT INTO schedule_packs (pack_id, looked_until, paused_by, paused_at)
        VALUES (@pack_id, @looked_until, @paused_by, @paused_at)
        """;

    public void Keep(PackStanding pack)
    {
        (string, object?)[] values =
        [
            ("pack_id", pack.PackId), ("looked_until", TextOf(pack.LookedUntil)), ("paused_by", pack.PausedBy), ("paused_at", TextOf(pack.PausedAt)),
        ];
        if (Execute(ChangePack, values) == 0)
        {
            Execute(AddPack, values);
        }
    }

    const string Columns = """
        SELECT
            pack_id, business_date, slot, cause, state, found_at, not_before, faults, looks, lapses, owner, epoch, lease_until,
            ended_at, run_id, detail
        FROM due_runs
        """;

    const string OpenOnes = $"{Columns} WHERE state IN ('Due', 'Running')";

    public IReadOnlyList<DueRun> Open() =>
        [.. Query(OpenOnes, Read).OrderBy(due => due.PackId, StringComparer.Ordinal).ThenBy(due => due.Place)];

    const string OfDate = $"{Columns} WHERE pack_id = @pack_id AND business_date = @business_date";

    public IReadOnlyList<DueRun> Of(string packId, DateOnly businessDate) =>
        [.. Query(OfDate, Read, ("pack_id", packId), ("business_date", StoreText.Of(businessDate))).OrderBy(due => due.Slot)];

    // Texts of moments are of one width, so their order is that of time. The reader is closed after so many rows.
    const string NewestFirst = $"{Columns} ORDER BY found_at DESC, slot DESC, pack_id";

    const string NewestOfPack = $"{Columns} WHERE pack_id = @pack_id ORDER BY found_at DESC, slot DESC";

    public IReadOnlyList<DueRun> Newest(string? packId, int limit) => packId is null
        ? [.. Query(NewestFirst, Read).Take(limit)]
        : [.. Query(NewestOfPack, Read, ("pack_id", packId)).Take(limit)];

    const string AddOne = """
        INSERT INTO due_runs (
            pack_id, business_date, slot, cause, state, found_at, not_before, faults, looks, lapses, owner, epoch, lease_until,
            ended_at, run_id, detail)
        VALUES (
            @pack_id, @business_date, @slot, @cause, @state, @found_at, @not_before, @faults, @looks, @lapses, @owner, @epoch, @lease_until,
            @ended_at, @run_id, @detail)
        """;

    public void Add(DueRun due) => Execute(AddOne, ValuesOf(due));

    const string ChangeOne = """
        UPDATE due_runs SET
            cause = @cause, state = @state, found_at = @found_at, not_before = @not_before, faults = @faults, looks = @looks,
            lapses = @lapses, owner = @owner, epoch = @epoch, lease_until = @lease_until, ended_at = @ended_at, run_id = @run_id,
            detail = @detail
        WHERE pack_id = @pack_id AND business_date = @business_date AND slot = @slot
        """;

    public void Change(DueRun due) => Require.That(Execute(ChangeOne, ValuesOf(due)) == 1);

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    // Longer details are cut: a column of a server has an end.
    const int LongestDetail = 2000;

    static (string, object?)[] ValuesOf(DueRun due) =>
    [
        ("pack_id", due.PackId), ("business_date", StoreText.Of(due.BusinessDate)), ("slot", TextOf(due.Slot)), ("cause", due.Cause.ToString()),
        ("state", due.State.ToString()), ("found_at", TextOf(due.FoundAt)), ("not_before", TextOf(due.NotBefore)), ("faults", due.Faults),
        ("looks", due.Looks), ("lapses", due.Lapses), ("owner", due.Owner), ("epoch", due.Epoch), ("lease_until", TextOf(due.LeaseUntil)),
        ("ended_at", TextOf(due.EndedAt)), ("run_id", due.RunId),
        ("detail", due.Detail is { Length: > LongestDetail } detail ? detail[..LongestDetail] : due.Detail),
    ];

    static DueRun Read(DbDataReader row) => new(
        row.GetString(0), DateOnly.ParseExact(row.GetString(1), StoreText.DateFormat, CultureInfo.InvariantCulture), MomentOf(row, 2)!.Value)
    {
        Cause = Enum.Parse<DueCause>(row.GetString(3)),
        State = Enum.Parse<DueState>(row.GetString(4)),
        FoundAt = MomentOf(row, 5)!.Value,
        NotBefore = MomentOf(row, 6)!.Value,
        Faults = row.GetInt32(7),
        Looks = row.GetInt32(8),
        Lapses = row.GetInt32(9),
        Owner = TextOf(row, 10),
        Epoch = row.GetInt64(11),
        LeaseUntil = MomentOf(row, 12),
        EndedAt = MomentOf(row, 13),
        RunId = TextOf(row, 14),
        Detail = TextOf(row, 15),
    };

    IEnumerable<T> Query<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }

    DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{name}", value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    static string? TextOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static string TextOf(Instant moment) => moment.ToDateTimeOffset().UtcDateTime.ToString(StoreText.MomentFormat, CultureInfo.InvariantCulture);

    static string? TextOf(Instant? moment) => moment is { } known ? TextOf(known) : null;

    static Instant? MomentOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : Instant.From(DateTimeOffset.ParseExact(
        row.GetString(column), StoreText.MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
}
