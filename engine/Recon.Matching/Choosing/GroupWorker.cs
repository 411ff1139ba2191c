// Works through partitions of a group pass: which record of the one side gets which group.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>One thread's share of a group pass; findings gather in <see cref="KeyWorker.Findings"/>.</summary>
/// <remarks>
/// A group has one member or more. With <c>ask</c>, claims that share a member form a component: one claim is a match, as
/// are claims of interchangeable records (the smallest id gets the group), everything else is ambiguous. With any other tie
/// the records of the one side claim in the order of the tie, each over what those before it left free.
/// </remarks>
sealed class GroupWorker : KeyWorker
{
    // Passing over a claim costs an eighth of a step.
    const int ClaimsPerStep = 8;

    readonly PassPlan _plan;
    readonly PartitionRows[] _rows;
    readonly Interchangeable _same;
    readonly GroupBlock _block;
    readonly FieldOrder _order;
    readonly long _mostSteps;
    readonly bool _listing;
    readonly List<Claim> _matched = [];
    StepBudget _steps = new(0);

    public GroupWorker(PassPlan plan, PartitionRows[] rows, Interchangeable[] same, long mostSteps, bool listing)
        : base(rows)
    {
        (_plan, _rows, _same, _mostSteps, _listing) = (plan, rows, same[plan.OneSide], mostSteps, listing);
        _block = new GroupBlock(plan, rows, Findings);
        _order = FieldOrder.Of(plan, plan.OneSide);
    }

    protected override CapCause? Choose(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var ones = _plan.OneSide == 0 ? first : second;
        var members = _plan.OneSide == 0 ? second : first;
        _steps = StepBudget.Of(_mostSteps, members.Length + ones.Length);
        _block.Enter(members, _steps);
        _matched.Clear();
        Choose(ones.ToArray());
        if (_steps.IsSpent)
        {
            return CapCause.Key;
        }

        foreach (var claim in _matched)
        {
            Findings.AddGroup(_plan.OneSide, claim.One, claim.Members);
        }

        return null;
    }

    void Choose(int[] ones)
    {
        if (_plan.Pass.Tie.Kind is TieKind.Oldest or TieKind.Newest && !_listing)
        {
            TakeInOrder(ones);
            return;
        }

        // Records of equal windows one behind the other: they gather the same members, once.
        Array.Sort(ones, (a, b) =>
            _rows[_plan.OneSide].WindowsAt(a).SequenceCompareTo(_rows[_plan.OneSide].WindowsAt(b)) is var order && order != 0
            ? order
            : a.CompareTo(b));
        if (_plan.Pass.Tie.Kind == TieKind.Closest && !_listing)
        {
            TakeClosest(ones);
        }
        else
        {
            Ask(ones);
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
            _steps.Spend(claims.Length / ClaimsPerStep);
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
        _matched.Add(claim);
    }

    void Ask(int[] ones)
    {
        var claims = ones.Select(_block.ClaimOf).OfType<Claim>().Where(claim => claim.Fits).ToList();
        var sets = new DisjointSets(claims.Count);
        var claimOf = new Dictionary<int, int>();
        var claimOfAll = new Dictionary<int[], int>();
        for (var i = 0; i < claims.Count && !_steps.IsSpent; i++)
        {
            // Claims of equal windows share their members.
            if (!claimOfAll.TryAdd(claims[i].Members, i))
            {
                sets.Join(claimOfAll[claims[i].Members], i);
                continue;
            }

            _steps.Spend((long)StepBudget.MemberSteps * claims[i].Members.Length);
            foreach (var member in claims[i].Members)
            {
                if (!claimOf.TryAdd(member, i))
                {
                    sets.Join(claimOf[member], i);
                }
            }
        }

        if (_steps.IsSpent)
        {
            return;
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
            _matched.Add(claims.MinBy(claim => claim.One)!);
        }
        else
        {
            foreach (var claim in claims)
            {
                Findings.Ambiguous[_plan.OneSide].Add(claim.One);
            }

            foreach (var claim in claims.DistinctBy(claim => claim.Members))
            {
                Findings.Ambiguous[1 - _plan.OneSide].AddRange(claim.Members);
            }
        }
    }

    AmbiguousComponent Component(List<Claim> claims)
    {
        var ones = claims.Select(claim => claim.One).Order().ToList();
        var members = claims.DistinctBy(claim => claim.Members).SelectMany(claim => claim.Members).Distinct().Order().ToList();
        claims.Sort((a, b) => a.One.CompareTo(b.One));
        var edges = _plan.OneSide == 0
            ? claims.SelectMany(claim => claim.Members.Select(member => (claim.One, member)))
            : members.SelectMany(member => claims
                .Where(claim => Array.BinarySearch(claim.Members, member) >= 0)
                .Select(claim => (member, claim.One)));
        return new AmbiguousComponent(
            _plan.Pass.Index,
            _plan.OneSide == 0 ? ones : members,
            _plan.OneSide == 0 ? members : ones,
            [.. edges.Take(AmbiguousComponent.MaxEdges)],
            claims.Sum(claim => (long)claim.Members.Length));
    }
}
