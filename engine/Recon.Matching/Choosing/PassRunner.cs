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
        using var first = PartitionedRows.Of(plan, 0, open, partitions, workers);
        using var second = PartitionedRows.Of(plan, 1, open, partitions, workers);
        PartitionedRows[] rows = [first, second];
        var whole = new PassFindings();
        var gate = new Lock();
        var done = 0;
        workers.ForEach(
            partitions,
            () => Worker(rows, listing),
            (partition, worker) =>
            {
                worker.Run(partition);
                if (progress is not null)
                {
                    lock (gate)
                    {
                        progress(++done / (double)partitions);
                    }
                }
            },
            worker =>
            {
                lock (gate)
                {
                    whole.Add(worker.Findings);
                }
            });
        return whole.Failure is null ? whole : throw whole.Failure.Exception;
    }

    PassWorker Worker(PartitionedRows[] rows, bool listing)
    {
        if (plan.IsGroup)
        {
            var group = GroupWorkerOf(rows, listing);
            return new PassWorker(group.Run, group.Findings);
        }

        var pair = new PairWorker(plan, rows, same, workers, listing);
        return new PassWorker(pair.Run, pair.Findings);
    }

    KeyWorker GroupWorkerOf(PartitionedRows[] rows, bool listing) => plan.Pass switch
    {
        { Cardinality: Cardinality.ManyToMany } => new ManyToManyWorker(plan, rows, same, workers.Cut.BlockSteps, listing),
        { Search: not null } => new SearchWorker(plan, rows, same, workers.Cut.BlockSteps, listing),
        _ => new GroupWorker(plan, rows, same, workers.Cut.BlockSteps, listing),
    };

    sealed record PassWorker(Action<int> Run, PassFindings Findings);
}
