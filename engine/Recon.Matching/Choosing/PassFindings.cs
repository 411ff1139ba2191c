// What a pass found, as one thread collects it and as all threads together give it.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>Matches, ambiguous rows and counts of a pass; in no particular order until it is read.</summary>
/// <param name="sides">Sources of the leg.</param>
sealed class PassFindings(int sides = 2)
{
    readonly IntList _groupOnes = new();
    readonly IntList _groupEnds = new();
    readonly IntList _groupMembers = new();

    public IntList PairFirst { get; } = new();

    public IntList PairSecond { get; } = new();

    /// <summary>Rows of ambiguous components, by side.</summary>
    public IntList[] Ambiguous { get; } = SideLists(sides);

    /// <summary>Matches of an N-way pass, by side: one row each.</summary>
    public IntList[] Tuples { get; } = SideLists(sides);

    public List<AmbiguousComponent> Components { get; } = [];

    /// <summary>By side the rows, ascending, of the blocks that spent their budget: nothing is decided about them.</summary>
    public List<int[][]> Capped { get; } = [];

    public long Candidates { get; set; }

    public long Fitting { get; set; }

    /// <summary>Components of which another choice was as good.</summary>
    public int Alternatives { get; set; }

    /// <summary>The failure of the smallest pair; which one that is depends on no thread.</summary>
    public RuleFailure? Failure { get; private set; }

    public int GroupCount => _groupOnes.Count;

    public void AddPair(int firstRow, int secondRow)
    {
        PairFirst.Add(firstRow);
        PairSecond.Add(secondRow);
    }

    /// <summary>Pairs k-th with k-th, as far as both go.</summary>
    public void AddPairs(List<int> firstRows, List<int> secondRows)
    {
        for (var i = 0; i < Math.Min(firstRows.Count, secondRows.Count); i++)
        {
            AddPair(firstRows[i], secondRows[i]);
        }
    }

    /// <summary>Matches k-th with k-th, as far as all sides go.</summary>
    public void AddTuples(int[][] rows)
    {
        var count = rows.Min(own => own.Length);
        for (var side = 0; side < rows.Length; side++)
        {
            Tuples[side].AddRange(rows[side].AsSpan(0, count));
        }
    }

    public void AddGroup(int one, ReadOnlySpan<int> members)
    {
        _groupOnes.Add(one);
        _groupMembers.AddRange(members);
        _groupEnds.Add(_groupMembers.Count);
    }

    public int GroupOne(int group) => _groupOnes[group];

    /// <summary>Rows of the many side, ascending.</summary>
    public ReadOnlySpan<int> GroupMembers(int group)
    {
        var start = group == 0 ? 0 : _groupEnds[group - 1];
        return _groupMembers.Span[start.._groupEnds[group]];
    }

    public void Fail(RuleFailedException failure, int firstRow, int secondRow)
    {
        var found = new RuleFailure(failure, firstRow, secondRow);
        Failure = Failure is null || found.IsBefore(Failure) ? found : Failure;
    }

    public void Add(PassFindings other)
    {
        PairFirst.AddRange(other.PairFirst.Span);
        PairSecond.AddRange(other.PairSecond.Span);
        for (var group = 0; group < other.GroupCount; group++)
        {
            AddGroup(other.GroupOne(group), other.GroupMembers(group));
        }

        for (var side = 0; side < sides; side++)
        {
            Ambiguous[side].AddRange(other.Ambiguous[side].Span);
            Tuples[side].AddRange(other.Tuples[side].Span);
        }

        Components.AddRange(other.Components);
        Capped.AddRange(other.Capped);
        Candidates += other.Candidates;
        Fitting += other.Fitting;
        Alternatives += other.Alternatives;
        if (other.Failure is { } failure)
        {
            Fail(failure.Exception, failure.FirstRow, failure.SecondRow);
        }
    }

    static IntList[] SideLists(int sides) => [.. Enumerable.Range(0, sides).Select(_ => new IntList())];
}

/// <summary>A rule that threw, and the rows it was asked about.</summary>
sealed record RuleFailure(RuleFailedException Exception, int FirstRow, int SecondRow)
{
    public bool IsBefore(RuleFailure other) =>
        FirstRow != other.FirstRow ? FirstRow < other.FirstRow : SecondRow < other.SecondRow;
}
