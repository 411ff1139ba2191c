// What a pass found, as one thread collects it and as all threads together give it.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>Matches, ambiguous rows and counts of a pass; in no particular order until it is read.</summary>
/// <param name="sides">Sources of the leg.</param>
sealed class PassFindings(int sides = 2)
{
    readonly IntList[] _groupEnds = [new(), new()];
    readonly IntList[] _groupRows = [new(), new()];

    /// <summary>Rows of both sides, pair by pair.</summary>
    public PairList Pairs { get; } = new();

    /// <summary>Rows of ambiguous components, by side.</summary>
    public IntList[] Ambiguous { get; } = SideLists(sides);

    /// <summary>Matches of an N-way pass, by side: one row each.</summary>
    public IntList[] Tuples { get; } = SideLists(sides);

    public List<AmbiguousComponent> Components { get; } = [];

    /// <summary>What met a bound: nothing is decided about it.</summary>
    public List<CappedRows> Capped { get; } = [];

    /// <summary>By side: row → the first record without a rate for which a group of it failed.</summary>
    public Dictionary<int, UnratedRecord>[] Unrated { get; } = [.. Enumerable.Range(0, sides).Select(_ => new Dictionary<int, UnratedRecord>())];

    public long Candidates { get; set; }

    public long Fitting { get; set; }

    /// <summary>Components of which another choice was as good.</summary>
    public int Alternatives { get; set; }

    /// <summary>The failure of the smallest rows; which one that is depends on no thread.</summary>
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

    /// <summary>Matches k-th with k-th, as far as all sides go.</summary>
    public void AddTuples(int[][] rows)
    {
        var count = rows.Min(own => own.Length);
        for (var side = 0; side < rows.Length; side++)
        {
            Tuples[side].AddRange(rows[side].AsSpan(0, count));
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

    /// <param name="rows">What the C# was asked about: a row of each side, in the order of the leg.</param>
    public void Fail(RuleFailedException failure, params ReadOnlySpan<int> rows) => Note(new RuleFailure(failure, [.. rows]));

    /// <summary>A match of an N-way pass: one row of each side.</summary>
    public void AddTuple(ReadOnlySpan<int> rows)
    {
        for (var side = 0; side < rows.Length; side++)
        {
            Tuples[side].Add(rows[side]);
        }
    }

    /// <summary>Adds the pairs and counts of another round of the same pass; what it left open is asked again.</summary>
    public void AddRound(PassFindings round)
    {
        Pairs.Take(round.Pairs);
        Candidates += round.Candidates;
        Fitting += round.Fitting;
        Alternatives += round.Alternatives;
    }

    /// <summary>Takes over what another has found, which is used no more.</summary>
    public void Add(PassFindings other)
    {
        Pairs.Take(other.Pairs);
        for (var group = 0; group < other.GroupCount; group++)
        {
            AddGroup(other.GroupRows(0, group), other.GroupRows(1, group));
        }

        for (var side = 0; side < sides; side++)
        {
            Ambiguous[side].AddRange(other.Ambiguous[side].Span);
            Tuples[side].AddRange(other.Tuples[side].Span);
        }

        AddFirst(Unrated, other.Unrated);

        Components.AddRange(other.Components);
        Capped.AddRange(other.Capped);
        Candidates += other.Candidates;
        Fitting += other.Fitting;
        Alternatives += other.Alternatives;
        if (other.Failure is { } failure)
        {
            Note(failure);
        }
    }

    /// <summary>Adds what was noted of rows of which nothing is noted yet, side by side.</summary>
    public static void AddFirst(Dictionary<int, UnratedRecord>[] noted, Dictionary<int, UnratedRecord>[] later)
    {
        for (var side = 0; side < later.Length; side++)
        {
            foreach (var (row, lack) in later[side])
            {
                noted[side].TryAdd(row, lack);
            }
        }
    }

    void Note(RuleFailure found) => Failure = Failure is null || found.IsBefore(Failure) ? found : Failure;

    static IntList[] SideLists(int sides) => [.. Enumerable.Range(0, sides).Select(_ => new IntList())];
}

/// <summary>Rows that met a bound.</summary>
/// <param name="Rows">By side of the pass, each ascending.</param>
sealed record CappedRows(int[][] Rows, CapCause Cause = CapCause.Key);

/// <summary>A rule that threw, and the rows it was asked about.</summary>
sealed record RuleFailure(RuleFailedException Exception, int[] Rows)
{
    public bool IsBefore(RuleFailure other) => Rows.AsSpan().SequenceCompareTo(other.Rows) < 0;
}
