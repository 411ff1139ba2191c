// One turn of a node: reads and writes due runs within its transaction.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Scheduling;
using Recon.Store.Rows;

namespace Recon.Store.Schedules;

sealed class ScheduleTurn(Database database) : IScheduleTurn
{
    // Longer details are cut: a column of a server has an end.
    const int LongestDetail = 2000;

    public IReadOnlyList<PackStanding> Packs() => database.All(
        database.Sql["schedule_packs.all"], row => new PackStanding(row.Text(0), MomentOf(row, 1), row.TextOrNull(2), MomentOrNull(row, 3)));

    public void Keep(PackStanding pack)
    {
        object?[] values = [ValueOf(pack.LookedUntil), pack.PausedBy, ValueOf(pack.PausedAt), pack.PackId];
        if (database.Execute(database.Sql["schedule_packs.change"], values) == 0)
        {
            database.Execute(database.Sql["schedule_packs.add"], values);
        }
    }

    public IReadOnlyList<DueRun> Open() => database.All(database.Sql["due_runs.open"], Read);

    public IReadOnlyList<DueRun> Of(string packId, DateOnly businessDate) =>
        database.All(database.Sql["due_runs.of_date"], Read, packId, businessDate);

    public IReadOnlyList<DueRun> Newest(string? packId, int limit) =>
        limit > 0 ? database.All(database.Sql["due_runs.newest"], Read, packId, limit) : [];

    public void Add(DueRun due) => database.Execute(database.Sql["due_runs.add"], ValuesOf(due));

    public void Change(DueRun due) => Require.That(database.Execute(database.Sql["due_runs.change"], ValuesOf(due)) == 1);

    // In the order in which the statements name them.
    static object?[] ValuesOf(DueRun due) =>
    [
        due.Cause.ToString(), due.State.ToString(), ValueOf(due.FoundAt), ValueOf(due.NotBefore), due.Faults, due.Looks, due.Lapses, due.Owner,
        due.Epoch, ValueOf(due.LeaseUntil), ValueOf(due.EndedAt), due.RunId,
        due.Detail is { Length: > LongestDetail } detail ? detail[..LongestDetail] : due.Detail,
        due.PackId, due.BusinessDate, ValueOf(due.Slot),
    ];

    static DueRun Read(Row row) => new(row.Text(0), row.Date(1), MomentOf(row, 2))
    {
        Cause = row.Choice<DueCause>(3),
        State = row.Choice<DueState>(4),
        FoundAt = MomentOf(row, 5),
        NotBefore = MomentOf(row, 6),
        Faults = row.Int(7),
        Looks = row.Int(8),
        Lapses = row.Int(9),
        Owner = row.TextOrNull(10),
        Epoch = row.Number(11),
        LeaseUntil = MomentOrNull(row, 12),
        EndedAt = MomentOrNull(row, 13),
        RunId = row.TextOrNull(14),
        Detail = row.TextOrNull(15),
    };

    static object ValueOf(Instant? moment) => moment is { } known ? known.ToDateTimeOffset() : NoMoment.Value;

    static Instant MomentOf(Row row, int column) => Instant.From(row.Moment(column));

    static Instant? MomentOrNull(Row row, int column) => row.TextOrNull(column) is null ? null : MomentOf(row, column);
}
