// Works through partitions of a group pass: which record of the one side gets which group.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>One thread's share of a group pass; findings gather in <see cref="Findings"/>.</summary>
/// <remarks>
/// A group has one member or more. With <c>ask</c>, claims that share a member form a component: one claim is a match, as
/// are claims of interchangeable records (the smallest id gets the group), everything else is ambiguous. With any other tie
/// the records of the one side claim in the order of the tie, each over what those before it left free.
/// </remarks>
sealed class GroupWorker
{
    readonly PassPlan _plan;
    readonly PartitionedRows[] _rows;
    readonly Interchangeable _same;
    readonly BlockTable _blocks;
    readonly GroupBlock _block;
    readonly FieldOrder _order;
    readonly bool _listing;

    public GroupWorker(PassPlan plan, PartitionedRows[] rows, Interchangeable[] same, bool listing)
    {
        (_plan, _rows, _same, _listing) = (plan, rows, same[plan.OneSide], listing);
        _blocks = new BlockTable(rows[0], rows[1]);
        _block = new GroupBlock(plan, rows, Findings);
        var tie = plan.Pass.Tie;
        _order = new FieldOrder(
            plan.Tables[plan.OneSide],
            plan.OneSide == plan.LeftSide ? tie.LeftField : tie.RightField,
            tie.Kind == TieKind.Newest);
    }

    public PassFindings Findings { get; } = new();

    public void Run(int partition)
    {
        _blocks.Build(partition);
        for (var block = 0; block < _blocks.Count; block++)
        {
            var members = _blocks.Positions(1 - _plan.OneSide, block);
            var ones = _blocks.Positions(_plan.OneSide, block).ToArray();
            if (members.Length == 0 || ones.Length == 0)
            {
                continue;
            }

            _block.Enter(members);
            Choose(ones);
        }
    }

    void Choose(int[] ones)
    {
        if (_plan.Pass.Tie.Kind == TieKind.Ask || _listing)
        {
            Ask(ones);
        }
        else if (_plan.Pass.Tie.Kind == TieKind.Closest)
        {
            TakeClosest(ones);
        }
        else
        {
            TakeInOrder(ones);
        }
    }

    void TakeInOrder(int[] ones)
    {
        var rows = _rows[_plan.OneSide];
        Array.Sort(ones, (a, b) => _order.Compare(rows.Rows[a], rows.Rows[b]));
        foreach (var one in ones)
        {
            if (_block.ClaimOf(one) is { Fits: true } claim)
            {
                Match(claim);
            }
        }
    }

    // The closest claim first; whoever may have wanted one of its members claims anew from what is
    // still free, and may fit only then.
    void TakeClosest(int[] ones)
    {
        var claims = ones.Select(_block.ClaimOf).ToArray();
        var queue = new PriorityQueue<(int Index, Claim Claim), Claim>(ByDistance);
        for (var i = 0; i < claims.Length; i++)
        {
            Offer(queue, i, claims[i]);
        }

        while (queue.TryDequeue(out var best, out _))
        {
            if (claims[best.Index] != best.Claim)
            {
                continue;
            }

            Match(best.Claim);
            claims[best.Index] = null;
            for (var i = 0; i < claims.Length; i++)
            {
                if (claims[i] is { } claim && claim.Span.Start < best.Claim.Span.End
                    && best.Claim.Span.Start < claim.Span.End)
                {
                    claims[i] = _block.ClaimOf(ones[i]);
                    Offer(queue, i, claims[i]);
                }
            }
        }
    }

    static void Offer(PriorityQueue<(int Index, Claim Claim), Claim> queue, int index, Claim? claim)
    {
        if (claim is { Fits: true })
        {
            queue.Enqueue((index, claim), claim);
        }
    }

    static readonly Comparer<Claim> ByDistance = Comparer<Claim>.Create((a, b) =>
    {
        var order = a.Distance.AsSpan().SequenceCompareTo(b.Distance);
        return order != 0 ? order : a.One.CompareTo(b.One);
    });

    void Match(Claim claim)
    {
        _block.Take(claim);
        Findings.AddGroup(claim.One, claim.Members);
    }

    void Ask(int[] ones)
    {
        var claims = ones.Select(_block.ClaimOf).OfType<Claim>().Where(claim => claim.Fits).ToList();
        var sets = new DisjointSets(claims.Count);
        var claimOf = new Dictionary<int, int>();
        for (var i = 0; i < claims.Count; i++)
        {
            foreach (var member in claims[i].Members)
            {
                if (!claimOf.TryAdd(member, i))
                {
                    sets.Join(claimOf[member], i);
                }
            }
        }

        var components = Enumerable.Range(0, claims.Count).GroupBy(sets.Root, index => claims[index]);
        foreach (var component in components)
        {
            Decide([.. component]);
        }
    }

    void Decide(List<Claim> claims)
    {
        if (_listing)
        {
            Findings.Components.Add(Component(claims));
        }
        else if (_same.AllSame([.. claims.Select(claim => claim.One)]))
        {
            Match(claims.MinBy(claim => claim.One)!);
        }
        else
        {
            foreach (var claim in claims)
            {
                Findings.Ambiguous[_plan.OneSide].Add(claim.One);
                Findings.Ambiguous[1 - _plan.OneSide].AddRange(claim.Members);
            }
        }
    }

    (int First, int Second) Edge(int one, int member) => _plan.OneSide == 0 ? (one, member) : (member, one);

    AmbiguousComponent Component(List<Claim> claims)
    {
        var ones = claims.Select(claim => claim.One).Order().ToList();
        var members = claims.SelectMany(claim => claim.Members).Distinct().Order().ToList();
        var edges = claims
            .SelectMany(claim => claim.Members.Select(member => Edge(claim.One, member)))
            .Order().Take(AmbiguousComponent.MaxEdges).ToList();
        return new AmbiguousComponent(
            _plan.Pass.Index,
            _plan.OneSide == 0 ? ones : members,
            _plan.OneSide == 0 ? members : ones,
            edges,
            claims.Sum(claim => (long)claim.Members.Length));
    }
}
