// What a pass found, as one thread collects it and as all threads together give it.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>Matches, ambiguous rows and counts of a pass; in no particular order until it is read.</summary>
sealed class PassFindings
{
    readonly IntList _groupOnes = new();
    readonly IntList _groupEnds = new();
    readonly IntList _groupMembers = new();

    public IntList PairFirst { get; } = new();

    public IntList PairSecond { get; } = new();

    /// <summary>Rows of ambiguous components, by side.</summary>
    public IntList[] Ambiguous { get; } = [new(), new()];

    public List<AmbiguousComponent> Components { get; } = [];

    /// <summary>Rows, ascending, of the blocks that spent their budget: nothing is decided about them.</summary>
    public List<(int[] First, int[] Second)> Capped { get; } = [];

    public long Candidates { get; set; }

    public long Fitting { get; set; }

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

    /// <summary>Adds the pairs and counts of another round of the same pass; what it left open is asked again.</summary>
    public void AddRound(PassFindings round)
    {
        PairFirst.AddRange(round.PairFirst.Span);
        PairSecond.AddRange(round.PairSecond.Span);
        Candidates += round.Candidates;
        Fitting += round.Fitting;
    }

    public void Add(PassFindings other)
    {
        PairFirst.AddRange(other.PairFirst.Span);
        PairSecond.AddRange(other.PairSecond.Span);
        for (var group = 0; group < other.GroupCount; group++)
        {
            AddGroup(other.GroupOne(group), other.GroupMembers(group));
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

/// <summary>A rule that threw, and the rows it was asked about.</summary>
sealed record RuleFailure(RuleFailedException Exception, int FirstRow, int SecondRow)
{
    public bool IsBefore(RuleFailure other) =>
        FirstRow != other.FirstRow ? FirstRow < other.FirstRow : SecondRow < other.SecondRow;
}
