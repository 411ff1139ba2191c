// What a pack says about one matching step.
using Recon.Model.Columns;

namespace Recon.Model.Rules;

/// <summary>
/// A leg: the unordered set of sources of a join, held in the order of the pack's sources; of one source for the passes
/// that look at one source alone.
/// </summary>
public sealed record LegSpec(int Index, IReadOnlyList<SourceSpec> Sources)
{
    /// <summary>The sources' names in the order of the pack.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Sources.Select(source => source.Name)];

    /// <summary>The index of a source in the leg; −1 where it is not on this leg.</summary>
    public int SideOf(string source)
    {
        for (var side = 0; side < Names.Count; side++)
        {
            if (Names[side] == source)
            {
                return side;
            }
        }

        return -1;
    }

    /// <summary>The index of a source's table.</summary>
    public static int SideOf(IReadOnlyList<RecordTable> tables, string source)
    {
        var side = 0;
        while (tables[side].Name != source)
        {
            side++;
        }

        return side;
    }

    /// <summary>True where these are its sources, in whatever order: a leg is a set of them.</summary>
    public bool Joins(IReadOnlyList<string> sources)
    {
        if (sources.Count != Names.Count)
        {
            return false;
        }

        for (var i = 0; i < sources.Count; i++)
        {
            if (SideOf(sources[i]) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>ledger ~ provider</c>.</summary>
    public override string ToString() => string.Join(" ~ ", Names);
}

public enum PassKind
{
    /// <summary>Records of several sources.</summary>
    Join,

    /// <summary>Records of one source that came twice: one stays, the others are excluded on every leg.</summary>
    Dedupe,

    /// <summary>Records of one source that cancel: one with one, or a reversal with the record that it names.</summary>
    Net,

    /// <summary>Records of one source that cancel: all that share a key, where their total is zero.</summary>
    NetGroup,

    /// <summary>Records that people matched; the engine adds it behind the passes of the pack, and its records are offered to none of them.</summary>
    ByHand,

    /// <summary>
    /// Records of the books (the left source) that bear the key of a posting of ours, each with the open record that it books, if that is
    /// there; the engine adds it, and its records are offered to no other pass.
    /// </summary>
    OwnPostings,
}

public enum Cardinality
{
    OneToOne,

    /// <summary>One record of the left source against all of the right that fit: group total.</summary>
    OneToMany,

    /// <summary>All records of the left source that fit against one of the right: group total.</summary>
    ManyToOne,

    /// <summary>Records of the left source against records of the right, the totals of both.</summary>
    ManyToMany,
}

/// <summary>One pass, bound. In a pass of one source Left and Right are that source.</summary>
/// <param name="Index">Place in the pack, from 0.</param>
/// <param name="Left">Left source of <c>join</c>; differences are right − left.</param>
/// <param name="Key">Fields that must be equal; NULL equals nothing unless the pair says so.</param>
/// <param name="Comparisons">
/// Fields that face each other. One with a tolerance is a condition of the pass; one without only reports differences.
/// </param>
/// <param name="Hold">Records of an ambiguous component are not offered to later passes.</param>
public sealed record PassSpec(
    string Id,
    int Index,
    LegSpec Leg,
    SourceSpec Left,
    SourceSpec Right,
    Cardinality Cardinality,
    IReadOnlyList<KeyPair> Key,
    IReadOnlyList<Comparison> Comparisons,
    TieRule Tie,
    bool Hold,
    RuleRef? When,
    Place Place)
{
    public PassKind Kind { get; init; } = PassKind.Join;

    /// <summary>True where the server of both sources may join what the pass matches exactly (<see cref="PushDown"/>).</summary>
    public bool IsPushedDown { get; init; }

    /// <summary>True where a match may have several records of the left source.</summary>
    public bool IsManyLeft => Cardinality is Cardinality.ManyToOne or Cardinality.ManyToMany;

    /// <summary>True where a match may have several records of the right source.</summary>
    public bool IsManyRight => Cardinality is Cardinality.OneToMany or Cardinality.ManyToMany;

    /// <summary>True where a match may have several records of a side, and amounts are totals.</summary>
    public bool IsGroup => Cardinality != Cardinality.OneToOne;

    /// <summary>How many records a group has on its many side; in n:m on each.</summary>
    public GroupSize Size { get; init; } = GroupSize.Any;

    /// <summary>Null where a group is all that meets key, windows and texts; else which of them add up is searched.</summary>
    public SearchSpec? Search { get; init; }

    /// <summary>
    /// Of a join of three or more sources: what each two of its records must meet, as a 1:1 pass of the two sources, in the
    /// order of the leg's sides (0 and 1, 0 and 2, 1 and 2). Empty in every other pass. Such a pass has no key of its own; its
    /// comparisons are those of all pairs, in the order in which the pass states them; its C# is asked of whole candidates.
    /// </summary>
    public IReadOnlyList<PassSpec> Pairs { get; init; } = [];

    /// <summary>True for a join of three or more sources: a match has one record of each.</summary>
    public bool IsOfSeveral => Pairs.Count > 0;

    /// <summary>The parts of the pass that look at a source: the pass itself, or those of its pairs in which the source stands.</summary>
    public IEnumerable<PassSpec> PartsOf(SourceSpec source) => IsOfSeveral
        ? Pairs.Where(pair => pair.Left.Name == source.Name || pair.Right.Name == source.Name)
        : [this];

    /// <summary>How often what is left of a record may be split again; null where the pass matches whole records.</summary>
    public int? Partial { get; init; }

    /// <summary>The amounts of which the larger may be left in part; only of a pass that says <c>partial</c>.</summary>
    public Comparison Split => Comparisons.First(pair => pair is { Tolerance: AmountTolerance, Left.Kind: FieldKind.Money });

    /// <summary>True where the pass looks at one source alone; its C# is then asked record by record.</summary>
    public bool IsOfOneSource => Kind switch
    {
        PassKind.Join or PassKind.ByHand => false,
        PassKind.OwnPostings => Leg.Sources.Count == 1,
        _ => true,
    };

    /// <summary>True where the engine added the pass: its matches are given, before any other pass looks at a record.</summary>
    public bool IsGiven => Kind is PassKind.ByHand or PassKind.OwnPostings;

    /// <summary>True where the pass takes records of one source that cancel.</summary>
    public bool IsNet => Kind is PassKind.Net or PassKind.NetGroup;

    /// <summary>
    /// In a pass that nets: the pair of fields by which a reversal (right) names the record that it reverses (left); null
    /// where the key is the same field on both.
    /// </summary>
    public KeyPair? Reference => IsNet ? Key.FirstOrDefault(pair => pair.LeftField != pair.RightField) : null;
}

/// <summary>So many records, both ends inclusive.</summary>
public readonly record struct GroupSize(int Fewest, int Most)
{
    public static GroupSize Any => new(1, int.MaxValue);

    public bool Holds(int records) => records >= Fewest && records <= Most;
}

/// <summary>Bounds of a search for the records that add up.</summary>
/// <param name="Candidates">More records than this are not searched; of equal ones no more count than a group may hold.</param>
/// <param name="Steps">Sums formed, compared or looked up for one key before the search gives up.</param>
/// <param name="Answers">So many answers of one record are listed; it is then said that there are more.</param>
/// <param name="PreferSingle">Where a record fits one other, its larger answers do not count.</param>
public sealed record SearchSpec(int Candidates, long Steps, int Answers, bool PreferSingle);

/// <summary>Two fields of one kind that must be equal (money: same currency and amount; text: same bytes).</summary>
public sealed record KeyPair(string LeftField, string RightField, bool NullsEqual);

/// <summary>Two sides that face each other.</summary>
/// <param name="Name"><c>ledger.amount ~ provider.gross</c>, sums as <c>sum(provider.gross − provider.fee) ~ bank.amount</c> with ASCII minus.</param>
/// <param name="Tolerance">How far right may lie from left; null where nothing is demanded.</param>
public sealed record Comparison(string Name, Operand Left, Operand Right, Tolerance? Tolerance)
{
    /// <summary>
    /// False where the sides are not meant to be equal, as a text and what it contains: they may face each other, not differ.
    /// </summary>
    public bool CanDiffer => Tolerance is not (ContainsTolerance or PatternTolerance);
}

/// <summary>
/// One side of a comparison: a field, or plus and minus of money or number fields of one source. On the many side of
/// a group pass an amount is summed over the group; texts and dates face the one record member by member.
/// </summary>
public sealed record Operand(string Source, FieldKind Kind, IReadOnlyList<Term> Terms);

/// <summary>One term of a small sum.</summary>
public sealed record Term(bool Minus, string Source, string Field);

public enum TieKind
{
    /// <summary>An ambiguous break for every component of candidates with more than one edge.</summary>
    Ask,

    /// <summary>Both sides sorted by the field, then id; k-th with k-th per key.</summary>
    Oldest,

    /// <summary>As <see cref="Oldest"/>, the field descending, then id ascending.</summary>
    Newest,

    /// <summary>Pairs by (distance, id of the source declared first, id of the other), each record once.</summary>
    Closest,

    /// <summary>
    /// As many pairs as possible, among those the smallest total distance, among those the smallest list of pairs by (id of the
    /// source declared first, id of the other).
    /// </summary>
    Best,
}

/// <summary>What decides where several candidates fit; in a <see cref="PassKind.Dedupe"/> pass which of them stays.</summary>
/// <param name="LeftField">For oldest and newest: the field of the left source; <c>id</c> for the business key.</param>
public sealed record TieRule(TieKind Kind, string? LeftField = null, string? RightField = null)
{
    public static TieRule Ask { get; } = new(TieKind.Ask);

    /// <summary>For <see cref="TieKind.Best"/>: people decide where another choice has as many pairs and the same total.</summary>
    public bool UnlessAmbiguous { get; init; }

    /// <summary>For oldest and newest in a join of three or more sources: a field of each, in the order of the leg; else empty.</summary>
    public IReadOnlyList<string> SideFields { get; init; } = [];
}
