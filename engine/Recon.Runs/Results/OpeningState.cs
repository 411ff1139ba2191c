// What a run hands to the runs after it, and what it takes from the one before.
using System.Text;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Returning;

namespace Recon.Runs.Results;

/// <summary>The closing state of an earlier run, from which this one begins.</summary>
/// <param name="Hash">Closing hash of that run; 64 zeros where there is none.</param>
/// <param name="RunId">That run; null where there is none.</param>
public sealed record OpeningState(
    string Hash,
    string? RunId,
    IReadOnlyList<CarriedItem> Items,
    IReadOnlyList<SettledRecords> Settled,
    IReadOnlyList<StatementClosing> Closings)
{
    /// <summary>What was at risk at the end of that run; null where an engine recorded it that did not say what each break weighs.</summary>
    public OpeningExposure? AtRisk { get; init; } = OpeningExposure.Nothing;

    /// <summary>What people decided since about what is open; not part of <see cref="Hash"/>.</summary>
    public Decisions Decisions { get; init; } = Decisions.None;

    /// <summary>What the engine posted in earlier revisions of the date: limits of a date count it. Not part of <see cref="Hash"/>.</summary>
    public IReadOnlyList<Posting> PostedOfDate { get; init; } = [];

    /// <summary>
    /// What the engine posted on earlier dates, the newest first: in the runs from which this state came, one after the other, so that
    /// <see cref="Hash"/> covers it.
    /// </summary>
    public IReadOnlyList<PostedTotals> PostedBefore { get; init; } = [];

    /// <summary>What concerns this run of what the pack has posted; not part of <see cref="Hash"/>.</summary>
    public OwnPostings Own { get; init; } = OwnPostings.None;

    /// <summary>True where an earlier run settled a record of this name, with whatever content.</summary>
    public bool HasSettled(RecordId record)
    {
        var wanted = SettledLookup.Fingerprint(Encoding.UTF8.GetBytes(record.Id));
        return Settled.Any(records => records.Source == record.Source && Array.BinarySearch(records.Ids, wanted) >= 0);
    }

    public static OpeningState Empty { get; } = new(new string('0', 64), null, [], [], []);
}

/// <summary>The exposure of a run, as it adds up and as it is made up.</summary>
/// <param name="Breaks">Those that weigh anything.</param>
public sealed record OpeningExposure(IReadOnlyList<Exposure> Lines, IReadOnlyList<WeighedBreak> Breaks)
{
    public static OpeningExposure Nothing { get; } = new([], []);

    /// <returns>Null where the breaks do not say what they weigh.</returns>
    public static OpeningExposure? Of(IReadOnlyList<Exposure> lines, IReadOnlyList<Break> breaks) =>
        breaks.Any(item => item.Weighs is null) ? null
            : new(lines, [.. breaks.Where(item => item.Weighs!.Count > 0).Select(item => new WeighedBreak(item.Id, item.Kind, item.Weighs!))]);
}

public sealed record WeighedBreak(string Id, BreakKind Kind, IReadOnlyList<Weight> Weighs);

/// <summary>A record that is open on at least one leg, with its raw row, so that a new version of the pack can bind it.</summary>
/// <param name="Content">First 128 bits of the SHA-256 of the raw cells.</param>
/// <param name="Cells">Raw cells by column name, NULL cells left out, sorted by name.</param>
/// <param name="OpenLegs">The legs on which it is open.</param>
public sealed record CarriedItem(
    RecordId Record,
    UInt128 Content,
    Dialect Dialect,
    RawCells Cells,
    string? File,
    int? Line,
    IReadOnlyList<OpenLeg> OpenLegs)
{
    /// <summary>
    /// The legs, by source names, on which a run took it; on a leg that is neither here nor open it has not been asked.
    /// Null where an engine wrote it that did not say: then every leg that is not open.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>>? TakenLegs { get; init; }

    /// <summary>What it weighed when it was last read; null where it had no value.</summary>
    public Money? Value { get; init; }

    /// <summary>Not null where the item is what was left of a record; the raw row is that of the whole record.</summary>
    public CarriedResidual? Residual { get; init; }

    /// <summary>True where a run took it on this leg: it is not open there again.</summary>
    public bool IsTakenOn(LegSpec leg)
    {
        for (var i = 0; i < OpenLegs.Count; i++)
        {
            if (leg.Joins(OpenLegs[i].Leg))
            {
                return false;
            }
        }

        return TakenLegs is null || TakenLegs.Any(leg.Joins);
    }
}

/// <summary>What was left of a record that was matched in part.</summary>
/// <param name="Amounts">What is left in each of <see cref="ResidualOf.Fields"/>.</param>
public sealed record CarriedResidual(ResidualOf Of, IReadOnlyList<Money> Amounts);

/// <summary>A leg, by the names of its sources, on which a record is open.</summary>
/// <param name="Break">Id of the break it stands in.</param>
public sealed record OpenLeg(IReadOnlyList<string> Leg, string Break, DateOnly Born, string Class)
{
    /// <summary>The date from which the break ages; that of its birth where an engine wrote it that did not say.</summary>
    public DateOnly DatedFrom { get; init; } = Born;
}

/// <summary>
/// Fingerprints of the records of a source that a run settled on all legs: (id, content), 128 bits each, sorted by id. A
/// short id stands for itself; all else is cut from a SHA-256.
/// </summary>
public sealed record SettledRecords(string Source, UInt128[] Ids, UInt128[] Contents)
{
    /// <summary>True where a record of this id is among them.</summary>
    internal bool Has(RecordId record) =>
        record.Source == Source && Array.BinarySearch(Ids, SettledLookup.Fingerprint(Encoding.UTF8.GetBytes(record.Id))) >= 0;
}

/// <summary>Closing balance of the newest accepted statement of an account.</summary>
public sealed record StatementClosing(string Source, string Account, string Number, Balance Closing);
