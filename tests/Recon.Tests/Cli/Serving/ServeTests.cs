// The service as an operator meets it: it runs what is due, says how it is, and ends gracefully.
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Recon.Model;
using Recon.Runs.Scheduling;
using Recon.Store.Schedules;
using Recon.Store.Sqlite;
using Xunit;

namespace Recon.Tests.Cli.Serving;

public sealed class ServeTests : IDisposable
{
    const string Never = "cron: \"0 0 0 1 1 ? 2099\"";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_address_that_another_listens_at_or_that_is_none_is_said_in_a_line()
    {
        PostingWorkspace.Write(_folder.Path, packs: 1, dates: 0, Never);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = await CliProcess.RunAsync(_folder.Path, "serve", ".", "--listen", $"{other.LocalEndpoint}");
        Assert.Equal(74, taken.ExitCode);
        Assert.StartsWith($"recon: {other.LocalEndpoint} cannot be listened at for the health endpoints: ", taken.Error, StringComparison.Ordinal);
        Assert.Equal(64, (await CliProcess.RunAsync(_folder.Path, "serve", ".", "--listen", "18087")).ExitCode);
    }

    [Fact]
    public async Task A_service_runs_what_is_due_says_so_and_ends_when_it_is_told_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of POSIX");
        PostingWorkspace.Write(_folder.Path, packs: 1, dates: 2, Never);
        Ask(days: 2);
        using var service = ServeProcess.Start(_folder.Path, "alone", "127.0.0.1:0");
        var address = await service.StartedAsync();
        await service.SaysAsync("run-recorded");
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        var live = await client.GetFromJsonAsync<JsonElement>("/health/live", TestContext.Current.CancellationToken);
        Assert.Equal("alive", live.GetProperty("status").GetString());
        var ready = await client.GetFromJsonAsync<JsonElement>("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(("ready", 1), (ready.GetProperty("status").GetString(), ready.GetProperty("packs").GetInt32()));
        Assert.False(ready.GetProperty("maintenance").GetBoolean());
        Assert.Equal(404, (int)(await client.GetAsync("/etc/passwd", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(405, (int)(await client.PostAsync("/health/live", null, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(0, await service.EndAsync());
        await service.SaysAsync("service-stopped");
        Assert.All(service.Lines.Where(line => line.Length > 0), line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        using var store = SqliteRunStore.Open(_folder.Of(".recon", "recon.db"));
        Assert.Contains(store.Runs(null, 10), run => run.BusinessDate == PostingWorkspace.First);
    }

    [Fact]
    public async Task A_slot_of_the_schedule_is_run_without_anybody_asking()
    {
        PostingWorkspace.Write(_folder.Path, packs: 1, dates: 1, "cron: \"0/2 * * * * ?\"");
        foreach (var file in Directory.EnumerateFiles(_folder.Of("in", "p0")).ToList())
        {
            for (var day = 0; day < 2; day++)
            {
                var today = DateTime.UtcNow.AddDays(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
                File.Copy(file, file.Replace("2026-01-01", today, StringComparison.Ordinal), overwrite: true);
            }
        }

        using var service = ServeProcess.Start(_folder.Path, "alone");
        await service.SaysAsync("slot-found");
        await service.SaysAsync("run-recorded");
    }

    [Fact]
    public async Task In_a_window_of_maintenance_nothing_begins_until_the_window_is_taken_out_of_the_file()
    {
        const string Window = "maintenance: { from: 2020-01-01T00:00:00Z, until: 2199-01-01T00:00:00Z }\n";
        PostingWorkspace.Write(_folder.Path, packs: 1, dates: 1, Never, Window);
        Ask(days: 1);
        using var service = ServeProcess.Start(_folder.Path, "alone");
        await service.StartedAsync();
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(service.Lines, line => line.Contains("run-begun", StringComparison.Ordinal));
        var file = _folder.Of("recon.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace(Window, "", StringComparison.Ordinal));
        await service.SaysAsync("workspace-changed");
        await service.SaysAsync("run-recorded");
    }

    [Fact]
    public async Task Nodes_that_are_killed_and_frozen_record_each_run_once_and_miss_none()
    {
        var report = await NodesUnderFire.OnOneFileAsync(_folder.Path, ShortFire());
        Assert.Equal(15, report.Runs);
    }

    [Fact]
    public async Task The_same_holds_on_a_server_for_nodes_that_may_run_and_no_more()
    {
        var report = await NodesUnderFire.OnPostgreSqlAsync(_folder.Path, ShortFire());
        Assert.Equal(15, report.Runs);
    }

    static FirePlan ShortFire()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of POSIX");
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        return new FirePlan(Nodes: 3, Packs: 3, Dates: 5, Fire: TimeSpan.FromSeconds(10), LongestCalm: TimeSpan.FromSeconds(3), seed);
    }

    void Ask(int days) => Schedule().Turn(turn => Requests.Backfill(
        turn, "p0", Enumerable.Range(0, days).Select(PostingWorkspace.First.AddDays), _ => false, Instant.From(TimeProvider.System.GetUtcNow())));

    ScheduleStore Schedule()
    {
        var path = _folder.Of(".recon", "recon.db");
        SqliteRunStore.Open(path).Dispose();
        return ScheduleStore.InFile(path);
    }
}
