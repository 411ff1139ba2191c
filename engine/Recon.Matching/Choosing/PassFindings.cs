// What a pass found, as one thread collects it and as all threads together give it.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>Matches, ambiguous rows and counts of a pass; in no particular order until it is read.</summary>
sealed class PassFindings
{
    readonly IntList[] _groupEnds = [new(), new()];
    readonly IntList[] _groupRows = [new(), new()];

    /// <summary>Rows of both sides, pair by pair.</summary>
    public PairList Pairs { get; } = new();

    /// <summary>Rows of ambiguous components, by side.</summary>
    public IntList[] Ambiguous { get; } = [new(), new()];

    public List<AmbiguousComponent> Components { get; } = [];

    /// <summary>What met a bound: nothing is decided about it.</summary>
    public List<CappedRows> Capped { get; } = [];

    public long Candidates { get; set; }

    public long Fitting { get; set; }

    /// <summary>The failure of the smallest pair; which one that is depends on no thread.</summary>
    public RuleFailure? Failure { get; private set; }

    public int GroupCount => _groupEnds[0].Count;

    public void AddPair(int firstRow, int secondRow) => Pairs.Add(firstRow, secondRow);

    /// <summary>Pairs k-th with k-th, as far as both go.</summary>
    public void AddPairs(List<int> firstRows, List<int> secondRows)
    {
        for (var i = 0; i < Math.Min(firstRows.Count, secondRows.Count); i++)
        {
            AddPair(firstRows[i], secondRows[i]);
        }
    }

    /// <summary>One record of a side and its members of the other.</summary>
    public void AddGroup(int oneSide, int one, ReadOnlySpan<int> members) =>
        AddGroup(oneSide == 0 ? [one] : members, oneSide == 0 ? members : [one]);

    /// <summary>Rows of both sides, ascending.</summary>
    public void AddGroup(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        _groupRows[0].AddRange(first);
        _groupRows[1].AddRange(second);
        _groupEnds[0].Add(_groupRows[0].Count);
        _groupEnds[1].Add(_groupRows[1].Count);
    }

    /// <summary>Rows of a group on a side, ascending.</summary>
    public ReadOnlySpan<int> GroupRows(int side, int group)
    {
        var start = group == 0 ? 0 : _groupEnds[side][group - 1];
        return _groupRows[side].Span[start.._groupEnds[side][group]];
    }

    public void Fail(RuleFailedException failure, int firstRow, int secondRow)
    {
        var found = new RuleFailure(failure, firstRow, secondRow);
        Failure = Failure is null || found.IsBefore(Failure) ? found : Failure;
    }

    /// <summary>Takes over what another has found, which is used no more.</summary>
    public void Add(PassFindings other)
    {
        Pairs.Take(other.Pairs);
        for (var group = 0; group < other.GroupCount; group++)
        {
            AddGroup(other.GroupRows(0, group), other.GroupRows(1, group));
        }

        Ambiguous[0].AddRange(other.Ambiguous[0].Span);
        Ambiguous[1].AddRange(other.Ambiguous[1].Span);
        Components.AddRange(other.Components);
        Capped.AddRange(other.Capped);
        Candidates += other.Candidates;
        Fitting += other.Fitting;
        if (other.Failure is { } failure)
        {
            Fail(failure.Exception, failure.FirstRow, failure.SecondRow);
        }
    }
}

/// <summary>Rows, ascending, that met a bound.</summary>
sealed record CappedRows(int[] First, int[] Second, CapCause Cause = CapCause.Key);

/// <summary>A rule that threw, and the rows it was asked about.</summary>
sealed record RuleFailure(RuleFailedException Exception, int FirstRow, int SecondRow)
{
    public bool IsBefore(RuleFailure other) =>
        FirstRow != other.FirstRow ? FirstRow < other.FirstRow : SecondRow < other.SecondRow;
}
