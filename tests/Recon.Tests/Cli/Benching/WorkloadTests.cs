// The workload of the benchmark: the same everywhere, and made of what it says.
using CsCheck;
using Recon.Cli.Benching;
using Xunit;

namespace Recon.Tests.Cli.Benching;

public sealed class WorkloadTests
{
    [Fact]
    public void A_shuffle_shows_every_number_once() =>
        Gen.Select(Gen.Int[1, 3000], Gen.ULong).Sample((count, seed) =>
        {
            var shuffle = new Shuffle(count, seed);
            return Enumerable.Range(0, count).Select(i => shuffle.At(i)).Order().SequenceEqual(Enumerable.Range(0, count).Select(i => (long)i));
        });

    [Fact]
    public void Both_files_have_as_many_rows_as_asked_for() =>
        Gen.Int[1, 100_000].Sample(rows =>
        {
            var plan = new WorkloadPlan(rows);
            return plan.Groups.All(group => group.Events >= 0)
                && plan.Groups.Sum(group => group.Events * group.Ledger) == rows
                && plan.Groups.Sum(group => group.Events * group.Bank) == rows;
        });

    [Fact]
    public void Every_row_of_an_event_is_planned_once()
    {
        var plan = new WorkloadPlan(3000);
        var ledger = Enumerable.Range(0, 3000).Select(row => plan.OfLedger(row)).ToList();
        Assert.Equal(3000, ledger.Select(row => (row.Event, row.Part)).Distinct().Count());
        Assert.All(plan.Groups, group => Assert.Equal(group.Events * group.Ledger, ledger.Count(row => row.Group == group)));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_threads_and_are_those_of_every_machine()
    {
        using var folder = new TemporaryFolder();
        foreach (var threads in new[] { 1, 3 })
        {
            var directory = Directory.CreateDirectory(folder.Of($"{threads}")).FullName;
            new WorkloadWriter(100_000, seed: 42, threads).Write(directory, CancellationToken.None);
        }

        foreach (var file in new[] { "ledger.csv", "bank.csv" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Of("1"), file)), File.ReadAllBytes(Path.Combine(folder.Of("3"), file)));
        }

        Assert.Equal(
            "L0000000001,H3PR65720BVXO3C0IS,ACC10861,EUR,4815.50,2025-02-18,Counterparty 658922 Ltd,refund invoice collateral 560710",
            File.ReadLines(Path.Combine(folder.Of("1"), "ledger.csv")).ElementAt(1));
    }

    [Fact]
    public void The_parts_of_a_split_row_add_up_to_it()
    {
        var plan = new WorkloadPlan(3000);
        var split = Enumerable.Range(0, 3000).Select(row => plan.OfBank(row)).Where(row => row.Group.Kind == EventKind.Split)
            .GroupBy(row => row.Event);
        Assert.All(split, parts => Assert.Equal(
            WorkloadRow.OfLedger(7, parts.First() with { Part = 0 }).MinorUnits,
            parts.Sum(part => WorkloadRow.OfBank(7, part).MinorUnits)));
    }
}
