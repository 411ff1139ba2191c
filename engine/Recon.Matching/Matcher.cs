// The front door of matching: tables and passes in, matches and open rows out.
using Recon.Matching.Blocks;
using Recon.Matching.Deduping;
using Recon.Matching.Netting;
using Recon.Matching.Reading;
using Recon.Matching.Splitting;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Matching;

/// <summary>What matching needs beside pack and tables.</summary>
/// <param name="Calendars">By name; every calendar that the pack names is here.</param>
/// <param name="Threads">At least 1; the answer does not depend on it.</param>
/// <param name="Progress">Called with (pass index, share done from 0 to 1), never twice at once; null: nobody watches.</param>
/// <param name="HashSeed">
/// Seeds every hash: a secret of the run makes collisions unforgeable. The answer does not depend on it.
/// </param>
public sealed record MatchOptions(
    ICompiledRules Rules,
    IReadOnlyDictionary<string, BusinessCalendar> Calendars,
    int Threads,
    Action<int, double>? Progress = null,
    long HashSeed = 0)
{
    /// <summary>Tables of rates by name; of one that is not here no rate is known.</summary>
    public IReadOnlyDictionary<string, RateTable> Rates { get; init; } = new Dictionary<string, RateTable>();

    /// <summary>True for ids of records that earlier runs settled: what is left of a record takes none of them.</summary>
    public Func<RecordId, bool> IsSettled { get; init; } = _ => false;

    /// <summary>By index of the pass: what was matched before any pass looks at it, match by match the rows of each side of the leg.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<int[][]>> Given { get; init; } = new Dictionary<int, IReadOnlyList<int[][]>>();

    /// <summary>Records that no pass may take on a leg, by the index of the leg: the rows of each side. They stay open.</summary>
    public IReadOnlyList<(int Leg, int[][] Rows)> Withheld { get; init; } = [];

    /// <summary>At most so many bytes for the keys of one pass; with more it goes through its records several times.</summary>
    public long PartitionBytes { get; init; } = UsualPartitionBytes;

    /// <summary>512 MiB.</summary>
    public const long UsualPartitionBytes = 1L << 29;

    /// <summary>Into how large parts the work is cut; tests cut small.</summary>
    internal WorkCut Cut { get; init; } = WorkCut.Default;
}

/// <summary>Which rows take part on each leg: a carried record is settled on the legs where it was matched before.</summary>
/// <param name="SettledRows">[leg index][side]: row → true where it takes no part; null where all rows do.</param>
public sealed record MatchScope(IReadOnlyList<bool[]?[]> SettledRows)
{
    /// <summary>Every row takes part on every leg.</summary>
    public static MatchScope Everything(Pack pack) => new([.. pack.Legs.Select(leg => new bool[]?[leg.Sources.Count])]);
}

/// <summary>Finds which records are the same event.</summary>
/// <remarks>
/// What the design leaves to be stated:
/// <list type="bullet">
/// <item>Where a tie is <c>oldest</c> or <c>newest</c>, the records of the source declared first take, in the order of the
/// field (NULL last) and then of the id, the first free record of the other side in the same order that meets every condition.
/// Where the key is the only condition that pairs k-th with k-th.</item>
/// <item>The distance of <c>closest</c> is the tuple of what the tolerances measure in the order of the pass, each as an exact
/// integer (units at the finer scale of the two columns, days or business days, ticks), compared entry by entry. Amounts of
/// two currencies are measured in the common one with six decimals, rounded half even.</item>
/// <item><c>best</c> chooses in every connected component of candidates: as many pairs as possible; of those choices one with the
/// smallest sum of distances, which add up and are compared entry by entry; of those the one whose pairs, sorted by (first id,
/// second id), come first. Two choices are the same where interchangeable records change places; <c>unless: ambiguous</c> leaves a
/// component with two best choices to people. Its steps are counted component by component.</item>
/// <item>A group has one member or more: all open records of the many side that share the key and lie in the date windows of
/// the one record. A member without amount, or of another currency, makes its group fail. With <c>ask</c> claims over a
/// shared member are ambiguous unless the claimants are interchangeable; with another tie records claim in its order (for
/// <c>closest</c>: amount distance of the total and largest date distance of a member, then id), each over what is left.</item>
/// <item>In n:m by total the records of a key that meet windows and texts, directly or through others, are one group of either
/// side; it fails where some record of one side does not meet some record of the other, a window being no window of a chain.</item>
/// <item>A search finds answers: in 1:n and n:1 for each record of the one side the groups of open records that meet its key,
/// windows, texts and currency one by one, and size, totals and C# together; in n:m the pairs of groups whose records all meet
/// and that hold no smaller such pair. Interchangeable records are counted, not named. With <c>prefer: single</c> a record that is
/// in an answer of one and one (in 1:n: of the one side) has no larger answers.</item>
/// <item>With <c>ask</c> answers that share records, interchangeable ones included, directly or through others, are a component.
/// It is matched where all its answers can be had at once, each as often as it could be had if it were alone; interchangeable
/// records are taken in id order, by the answers in the order of the record of the one side (in n:m: of their ids). Else it is
/// ambiguous. So a record with several answers, or one whose answer shares a record with another's, is matched only where there
/// are enough equal records for all: then no choice is left that anything could tell apart.</item>
/// <item>With another tie the records of the one side take in its order (for <c>closest</c>: by the distance of the nearest
/// answer, then id; those of which not all answers are known first), each over what is left. One takes its answer where that is
/// the only one and touches no answer of a record before it that took none; otherwise it takes none, and such answers that touch
/// are one ambiguous component.</item>
/// <item>A record whose search met a bound (candidates, memory) may be made of any of its candidates: all that hangs together
/// with it is undecided, as one capped component. A record with more answers than are listed makes its component ambiguous over
/// all its candidates. A key that spends its steps is undecided as a whole; a key of k records on the one side has
/// max(steps, steps / 1024 · k).</item>
/// <item>A record without a value, with a sum over two currencies, with an amount beyond ±10^37 at the finer scale or with a
/// date outside the calendar meets no condition about that value.</item>
/// <item>Components that a pass found ambiguous are listed as far as no later pass matched their records; of two passes that
/// found a record ambiguous the first lists it. What is left of a component may have a single edge.</item>
/// <item>A key whose choice would cost more steps than its budget is decided by no guess: its records stay open as one ambiguous
/// component that is marked as capped, later passes may take them (unless the pass holds), and every other key goes on.</item>
/// <item>A candidate of a join of three or more sources is one record of each that share the key and each two of which meet the tolerances
/// between their sources. A component of candidates in which the records of each side are interchangeable is matched k-th with k-th,
/// every other is ambiguous; its pairs are those that stand together in a candidate. A match closes its records on every leg whose
/// sources are all of the join; what those legs matched before does not keep a record from it.</item>
/// <item>When all passes have run, what is still open on such a leg and in no component is asked again for sets that lack one source. A set that
/// shares no record with another (interchangeable records folded, whichever source lacks) is a partial match: its records stay open, and
/// it is known which source is missing. Of several passes the first tells a record.</item>
/// <item>What people matched by hand is closed on its leg, and inside, before any pass runs; its matches stand behind those of all passes.
/// So do records of the books with the key of a posting of ours, which are taken off every leg.</item>
/// <item>Passes run in the order of the pack over all legs. <c>dedupe</c> goes through the records of its source, those that a
/// pass or an earlier run has taken and those carried from an earlier run first (they all stay), then the others in the order
/// of <c>keep</c> and of the id: one that meets every condition with a record that stays is a duplicate of the first such.</item>
/// <item><c>net</c> looks at the records of its source that are open on every leg and held by no pass, and takes them off every
/// leg. One with one, its sides are the amounts above and below zero (0 is on neither), the side above zero standing for the
/// source declared first; where the key names a reference, records without one stand against those with one and opposite
/// sign (or both 0). A record that names another is never reversed itself. Ties are those of a 1:1 pass. By key (<c>n:m</c>)
/// all records of one key and currency are a group; what a record names is its key where it names one. A group nets as a
/// whole or not at all: some plus, some minus, every total within its tolerance, and all of it within every window.</item>
/// <item>A <c>partial</c> pass pairs records whose amounts are of one currency and sign, however far they lie apart: those above
/// zero with those above, those below with those below. A pair whose difference its tolerance does not allow leaves the
/// larger amount less the smaller one open as a residual, on that leg only; it is a row behind all rows of its source, in
/// the order of birth: by (round, row that was split), which is the order wherever ids decide. The pass is asked again over what is left,
/// residuals among it, until a round leaves no residual, and at most as often as <c>max</c> says. What was split
/// <c>max</c> times takes no part in it. The id of a residual is that of its record and the first number behind
/// <c>/</c> that no record of the source bears, or bore when it was settled. A residual stays open on its leg where a join of three or
/// more sources takes the whole record.</item>
/// </list>
/// </remarks>
public static class Matcher
{
    /// <summary>Runs all passes of all legs.</summary>
    /// <param name="tables">One a source of the pack, in any order.</param>
    /// <exception cref="RuleFailedException">
    /// A condition threw; of several failures in a pass that of the smallest pair.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled: nothing was done.</exception>
    public static MatchSet Match(
        Pack pack, IReadOnlyList<RecordTable> tables, MatchScope scope, MatchOptions options,
        CancellationToken cancellation)
    {
        Require.That(options.Threads >= 1);
        Require.That(scope.SettledRows.Count == pack.Legs.Count);
        var byName = tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        var readers = new ReaderFactory(options.Calendars, options.Rates);
        var workers = new Workers(options.Threads, options.Cut with { RoundBytes = options.PartitionBytes }, cancellation);
        var names = new ResidualNames(byName, options.IsSettled);
        IReadOnlyList<LegMatcher> legs =
        [
            .. pack.Legs.Select(leg => new LegMatcher(
                pack, leg, [.. leg.Names.Select(name => byName[name])], scope.SettledRows[leg.Index], options, readers, workers,
                names)),
        ];
        foreach (var leg in legs.Where(leg => leg.Leg.Sources.Count > 2))
        {
            leg.Inner = [.. legs.Where(inner => inner != leg && inner.Leg.Sources.Count > 1 && inner.Leg.Names.All(leg.Leg.Names.Contains))];
        }

        var duplicates = new DuplicateList(pack, legs);
        var nets = new NetList(pack, legs);
        foreach (var pass in pack.Passes.Where(pass => pass.IsGiven))
        {
            legs[pass.Leg.Index].Reserve(pass, options.Given[pass.Index]);
            nets.TakeElsewhere(pass, options.Given[pass.Index]);
        }

        foreach (var (leg, rows) in options.Withheld)
        {
            legs[leg].Withhold(rows);
        }

        foreach (var pass in pack.Passes)
        {
            if (pass.IsGiven)
            {
                legs[pass.Leg.Index].TakeGiven(pass, options.Given[pass.Index]);
            }
            else if (pass.Kind == PassKind.Dedupe)
            {
                duplicates.Run(pass, byName[pass.Left.Name], options, readers, workers);
            }
            else if (pass.IsNet)
            {
                nets.Run(pass, byName[pass.Left.Name], options, readers, workers);
            }
            else
            {
                legs[pass.Leg.Index].Run(pass);
            }
        }

        nets.ListAmbiguous();
        return new MatchSet([.. legs.Select(leg => leg.Build())], duplicates.InOrder());
    }
}
