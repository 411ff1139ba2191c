// Runs one pass over the open rows of its leg, partition by partition.
using Recon.Matching.Blocks;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>One pass: partitions on both sides, then a choice in each.</summary>
sealed class PassRunner(PassPlan plan, Interchangeable[] same, Workers workers) : PassFinder
{
    public override PassFindings Find(OpenRows open, Action<double>? progress) => Run(open, listing: false, progress);

    public override PassFindings List(OpenRows open) => Run(open, listing: true, progress: null);

    PassFindings Run(OpenRows open, bool listing, Action<double>? progress)
    {
        var partitions = PartitionedRows.PartitionsFor(
            Math.Max(plan.Tables[0].Count, plan.Tables[1].Count), workers.Cut.PartitionRows);
        var whole = new PassFindings();
        var done = 0;
        var rows = open.Count(0) + (long)open.Count(1);
        foreach (var share in PartitionShare.Cut(partitions, rows, workers.Cut.RowsOfRound(rows, PartitionRows.BytesOf(plan))))
        {
            Run(open, share, listing, whole, progress is null ? null : () => progress(Interlocked.Increment(ref done) / (double)partitions));
        }

        return whole.Failure is null ? whole : throw whole.Failure.Exception;
    }

    void Run(OpenRows open, PartitionShare share, bool listing, PassFindings whole, Action? progress)
    {
        using var first = PartitionedRows.Of(plan, 0, open, share, workers);
        using var second = PartitionedRows.Of(plan, 1, open, share, workers);
        var gate = new Lock();
        workers.ForEach(
            share.Count,
            () => Worker(listing),
            (index, worker) =>
            {
                first.Load(index, worker.Rows[0]);
                second.Load(index, worker.Rows[1]);
                worker.Run();
                if (progress is not null)
                {
                    lock (gate)
                    {
                        progress();
                    }
                }
            },
            worker =>
            {
                Array.ForEach(worker.Rows, rows => rows.Return(workers.Buffers));
                lock (gate)
                {
                    whole.Add(worker.Findings);
                }
            });
    }

    PassWorker Worker(bool listing)
    {
        PartitionRows[] rows = [new(plan), new(plan)];
        if (plan.IsGroup)
        {
            var group = GroupWorkerOf(rows, listing);
            return new PassWorker(rows, group.Run, group.Findings);
        }

        var pair = new PairWorker(plan, rows, same, workers, listing);
        return new PassWorker(rows, pair.Run, pair.Findings);
    }

    KeyWorker GroupWorkerOf(PartitionRows[] rows, bool listing) => plan.Pass switch
    {
        { Cardinality: Cardinality.ManyToMany } => new ManyToManyWorker(plan, rows, same, workers.Cut.BlockSteps, listing),
        { Search: not null } => new SearchWorker(plan, rows, same, workers.Cut.BlockSteps, listing),
        _ => new GroupWorker(plan, rows, same, workers.Cut.BlockSteps, listing),
    };

    sealed record PassWorker(PartitionRows[] Rows, Action Run, PassFindings Findings);
}
