// Lists of breaks: the same from the store on disk as from runs held in memory, whatever is asked.
using CsCheck;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Xunit;

namespace Recon.Tests.Store;

public abstract class BreakListTests(TempStore temp) : StoreTests(temp)
{
    static Gen<Break> Break => Gen.Select(
        Gen.Int[0, 30], Gen.Enum<Status>(), Gen.Enum<Tier>(), Gen.Int[0, 2], Gen.Int[1, 4],
        (id, status, tier, side, day) => Submissions.Open($"{id}") with
        {
            Leg = side == 0 ? ["ledger", "bank"] : ["ledger", "psp"],
            Class = $"class-{(int)status % 3}",
            Status = status,
            Tier = tier,
            DatedFrom = Submissions.Day(day),
        });

    static Gen<List<Break>> Breaks => Break.List[0, 12].Select(list => list.DistinctBy(item => item.Id).ToList());

    static Gen<BreakQuery> Query => Gen.Select(
        Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 5], Gen.Bool, Gen.Int[1, 12], Gen.Bool, Gen.Int[0, 9],
        (ofPack, name, status, closed, limit, settled, work) => new BreakQuery(
            ofPack ? Submissions.Pack : null,
            name == 3 ? null : $"class-{name}",
            status == 5 ? null : (Status)status,
            closed,
            limit)
        {
            WithSettled = settled,
            AssignedTo = work switch { 0 => "ben", 1 => "ops", 2 => BreakWork.Nobody, _ => null },
            Label = work == 3 ? "fx" : null,
            IsOverdue = work == 4,
        });

    static Gen<List<(int Kind, string Id)>> Acts => Gen.Select(Gen.Int[0, 7], Gen.Int[0, 30].Select(id => Submissions.Open($"{id}").Id)).List[0, 20];

    [Fact]
    public void The_store_on_disk_lists_what_the_store_in_memory_lists() =>
        Gen.Select(Breaks.List[4], Query.List[6], Acts, Gen.Int[0, 5]).Sample(
            (breaks, queries, acts, actsAfter) =>
            {
                using var temp = Temp.Another();
                using var onDisk = temp.Open();
                using var inMemory = new MemoryRunStore();
                foreach (var (place, run) in Runs(breaks).Index())
                {
                    var decided = new Decisions(inMemory.Acts(run.Record.Head.PackId));
                    var judged = run with { Record = run.Record with { Breaks = [.. run.Record.Breaks.Select(decided.Applied)] } };
                    onDisk.Record(judged);
                    inMemory.Record(judged);
                    var done = place == actsAfter ? acts : [];
                    Assert.All(done.Where(act => inMemory.FindBreak(act.Id) is not null), act => Assert.Equal(Done(inMemory, act), Done(onDisk, act)));
                }

                Assert.All(queries, query => Assert.Equal(Shown(inMemory.Breaks(query)), Shown(onDisk.Breaks(query))));
                Assert.All(breaks[0], item => Assert.Equal(
                    inMemory.FindBreak(item.Id)?.ClosedBy, onDisk.FindBreak(item.Id)!.ClosedBy));
            },
            iter: 40,
            threads: 1);

    // Whatever comes of it: an act, or why it is not possible.
    static string Done(IRunStore store, (int Kind, string Id) act)
    {
        var (desk, id) = (new BreakDesk(store), act.Id);
        try
        {
            var outcome = act.Kind switch
            {
                0 => desk.Assign(id, "ben", Submissions.Anna),
                1 => desk.Assign(id, null, Submissions.Anna),
                2 => desk.Label(id, "fx", Submissions.Anna),
                3 => desk.Unlabel(id, "fx", Submissions.Anna),
                4 => desk.Extend(id, Submissions.Day(9), Submissions.Anna),
                5 => desk.Reopen(id, Submissions.Anna),
                _ => desk.Resolve(id, Submissions.Anna),
            };
            return $"{outcome.Act.Number} {outcome.Act.Key} {outcome.WasRecorded}";
        }
        catch (ReconException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>Two dates, the first revised after the second was run, and a second pack.</summary>
    static IEnumerable<RunSubmission> Runs(List<List<Break>> breaks)
    {
        var first = Submissions.Run(2, breaks: breaks[0]);
        var second = Submissions.Run(3, after: first, breaks: breaks[1]);
        var revised = Submissions.Run(2, inputs: "more", revision: 2, breaks: breaks[2]);
        var closed = breaks[2].Where(item => item.Id[0] < '8' && !breaks[3].Exists(kept => kept.Id == item.Id));
        var again = Submissions.Run(3, after: revised, revision: 2, breaks: breaks[3], closed: closed);
        var others = breaks[1].ConvertAll(item => item with { Id = Submissions.Hash($"another {item.Id}")[..16] });
        return [first, second, revised, again, Submissions.Run(2, pack: "another", breaks: others)];
    }

    static string Shown(BreakPage page) => string.Join('\n', page.Breaks.Select(item =>
        $"{item.Break.Id} {item.Break.Status} {item.PackId} {item.RunId} {item.ClosedBy} "
            + $"{item.Break.Class} {item.AssignedTo} {item.Acts.Count}").Append($"{page.Left} left"));
}
