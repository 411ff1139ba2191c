// The front door of judging: matches and open rows in, classes, truth, postings and exposure out.
using Recon.Judging.Classifying;
using Recon.Judging.Weighing;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Judging;

/// <summary>What judging needs.</summary>
/// <param name="Tables">In the order of the pack's sources.</param>
/// <param name="Scope">[leg][side]: row → true where the record was settled on that leg by an earlier run; null: none.</param>
/// <param name="Earlier">Breaks in which carried records stood before this run, by leg index and record.</param>
/// <param name="Accounts">Account → true where it is an asset; accounts that are not named are not here.</param>
/// <param name="BarAuto">Why postings of tier auto and auto-flag escalate in this run; null where they do not.</param>
public sealed record JudgingInput(
    Pack Pack,
    IReadOnlyList<RecordTable> Tables,
    MatchSet Matches,
    IReadOnlyList<bool[]?[]> Scope,
    DateOnly BusinessDate,
    ICompiledRules Rules,
    IReadOnlyDictionary<string, BusinessCalendar> Calendars,
    IReadOnlyDictionary<(int Leg, RecordId Record), EarlierBreak> Earlier,
    IReadOnlyDictionary<string, bool> Accounts,
    string? BarAuto)
{
    /// <summary>Open records of earlier runs that the pack cannot match where they are open.</summary>
    public IReadOnlyList<HeldRecord> Held { get; init; } = [];

    /// <summary>Records that bear the key of a posting of ours and say something else, by index of the pass and row.</summary>
    public IReadOnlyDictionary<(int Pass, int Row), AlteredPosting> Altered { get; init; } = new Dictionary<(int, int), AlteredPosting>();

    /// <summary>Postings that the books should have, and have not.</summary>
    public IReadOnlyList<MissingPosting> Missing { get; init; } = [];

    /// <summary>What people decided about breaks before this run.</summary>
    public Decisions Decisions { get; init; } = Decisions.None;

    /// <summary>Tables of rates by name; of one that is not here no rate is known.</summary>
    public IReadOnlyDictionary<string, RateTable> Rates { get; init; } = new Dictionary<string, RateTable>();
}

/// <summary>The break in which a carried record stood.</summary>
public sealed record EarlierBreak(string Id, DateOnly Born, string Class);

/// <summary>What judging decided.</summary>
/// <param name="Breaks">
/// Differences by (pass, business key), then open and ambiguous by (leg, source, id), then missing postings and held records,
/// one break each, in the order given.
/// </param>
/// <param name="OpenIn">Where among <paramref name="Breaks"/> each open record stands.</param>
/// <param name="Postings">In canonical order, before earlier postings under the same keys are looked at.</param>
/// <param name="Sharing">Breaks that rest on one posting, by its key; keys of one break are left out.</param>
public sealed record Judgement(
    IReadOnlyList<Break> Breaks, OpenRowBreaks OpenIn, IReadOnlyList<Posting> Postings, ILookup<string, string> Sharing,
    IReadOnlyList<Exposure> Exposure);

/// <summary>Judges what matching found.</summary>
public static class Judge
{
    /// <summary>
    /// Finds the breaks of every leg, names them by the pack's classes, makes the postings that close them and adds up
    /// what is at risk. The answer depends on nothing but <paramref name="input"/>.
    /// </summary>
    /// <exception cref="RuleFailedException">The C# of a class threw.</exception>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: amounts beyond ±10^37 units.</exception>
    /// <exception cref="OperationCanceledException">Nothing was decided.</exception>
    public static Judgement Decide(JudgingInput input, CancellationToken cancellation)
    {
        var legs = input.Matches.Legs
            .Select(matches => LegView.Of(matches, input.Tables, input.Scope[matches.Leg.Index]))
            .ToList();
        var subjects = Subjects(input, legs, cancellation);
        var (breaks, postings, sharing) = new BreakMaker(input).Make(subjects, cancellation);
        breaks = HeldBreaks.After(MissingBreaks.After(breaks, input), input);
        breaks = new Weigher(input.Pack, input.Held, input.Missing).Weighed(input.Tables, legs, subjects, breaks);
        var exposure = new ExposureTable(input.Pack, input.BusinessDate, input.Held).Of(breaks);
        return new Judgement(breaks, new OpenRowBreaks(legs, subjects), postings, sharing, exposure);
    }

    static List<Subject> Subjects(JudgingInput input, List<LegView> legs, CancellationToken cancellation)
    {
        var differences = legs
            .SelectMany(view => MatchClasses.Find(view, input, cancellation))
            .OrderBy(subject => subject.Pass!.Index);
        var open = legs.SelectMany(view => OpenClasses.Find(view, input.Pack, input.Rules, cancellation));
        return [.. differences, .. open];
    }
}
