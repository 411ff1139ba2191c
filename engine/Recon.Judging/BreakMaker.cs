// Turns classed subjects into breaks with their deadlines, values, tiers and postings.
using Recon.Judging.Classifying;
using Recon.Judging.Correcting;
using Recon.Judging.Differing;
using Recon.Judging.Weighing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging;

sealed class BreakMaker(JudgingInput input)
{
    // Breaks between two looks at the cancellation: some milliseconds.
    const int CancellationStride = 1 << 12;

    readonly Deadlines _deadlines =
        new(input.Pack.Classes, input.Calendars, input.BusinessDate, new RecordDates());

    readonly PostingMaker _postings = new(input.Pack, input.Accounts, input.BarAuto);
    readonly TrustOrder _trust = new(input.Pack);
    readonly Reasons _reasons = new(new MissingRates(input.Pack, input.Rates));
    readonly Dictionary<string, ResolutionSpec> _resolutions =
        input.Pack.Resolutions.ToDictionary(rule => rule.For, StringComparer.Ordinal);

    /// <summary>Breaks in the order of the subjects; postings in the order of (rule, records); which breaks share one.</summary>
    public (IReadOnlyList<Break> Breaks, IReadOnlyList<Posting> Postings, ILookup<string, string> Sharing) Make(
        IReadOnlyList<Subject> subjects, CancellationToken cancellation)
    {
        var ids = new BreakIds(input.Pack, input.Earlier, input.BusinessDate).Of(subjects);
        var standings = new Standing[subjects.Count];
        var corrections = new Correction[subjects.Count];
        for (var i = 0; i < subjects.Count; i++)
        {
            if (i % CancellationStride == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            standings[i] = _deadlines.Of(subjects[i], ids[i].Born, input.Decisions.ExtensionOf(ids[i].Id));
            corrections[i] = Correct(subjects[i], standings[i], ids[i].Id);
        }

        corrections = OneOperation.Settle(corrections);
        var breaks = new Break[subjects.Count];
        for (var i = 0; i < breaks.Length; i++)
        {
            breaks[i] = input.Decisions.Applied(BreakOf(subjects[i], standings[i], corrections[i], ids[i]));
            if (breaks[i].Class == BuiltInClasses.Resolved && corrections[i].Posting is not { State: PostingState.Queued })
            {
                corrections[i] = Correction.None;
            }
        }

        return (breaks, InOrder(corrections), OneOperation.Sharing(corrections, [.. ids.Select(id => id.Id)]));
    }

    Correction Correct(Subject subject, Standing standing, string id)
    {
        try
        {
            return _postings.Make(subject, _resolutions.GetValueOrDefault(standing.Class.Id), id);
        }
        catch (OverflowException overflow)
        {
            throw AmountRange.Left(subject.Records[0].ToString(), overflow);
        }
    }

    Break BreakOf(
        Subject subject, Standing standing, Correction correction, (string Id, DateOnly Born) identity)
    {
        var resolution = _resolutions.GetValueOrDefault(standing.Class.Id);
        return new Break(
            identity.Id,
            subject.Kind,
            subject.View.Leg.Names,
            subject.Pass?.Id,
            subject.Records,
            standing.Class.Id,
            standing.Class.Status,
            correction.Objection is null ? resolution?.Tier ?? AlteredPostings.TierOf(standing.Class) : Tier.Escalate,
            resolution?.Assign,
            identity.Born,
            standing.Due,
            standing.DatedFrom,
            _reasons.Of(subject, standing, correction.Objection),
            DifferencesOf(subject),
            ValueOf(subject))
        {
            WasDue = standing.WasDue,
        };
    }

    static IReadOnlyList<Difference> DifferencesOf(Subject subject) =>
        subject.Disagreements.Count == 0 ? [] : [.. subject.Disagreements.Select(found => found.Difference)];

    IReadOnlyList<Money> ValueOf(Subject subject)
    {
        if (subject.Kind == BreakKind.Difference)
        {
            return ValueComparison.WeightOf(subject.View, subject.Disagreements);
        }

        if (subject.Kind == BreakKind.Open)
        {
            var table = subject.View.Tables[subject.FirstSide];
            return RecordValue.Of(table, subject.Rows[subject.FirstSide][0]) is { } own ? [own] : [];
        }

        if (Surplus.Of(subject) is { } surplus)
        {
            return [surplus.Value];
        }

        // The sides of an ambiguous break speak of the same money: the most trusted that has any weighs, as in exposure.
        var sources = subject.View.Leg.Sources;
        return Enumerable.Range(0, sources.Count).OrderBy(side => _trust.RankOf(sources[side]))
            .Select(side => SumOf(subject, side))
            .FirstOrDefault(value => value.Count > 0) ?? [];
    }

    static IReadOnlyList<Money> SumOf(Subject subject, int side)
    {
        var totals = new MoneyTotals();
        try
        {
            foreach (var row in subject.Rows[side])
            {
                totals.Add(RecordValue.Of(subject.View.Tables[side], row) is { } value ? [value] : []);
            }
        }
        catch (OverflowException overflow)
        {
            throw AmountRange.Left(subject.Records[0].ToString(), overflow);
        }

        return totals.All;
    }

    /// <summary>By the order of the resolutions, then by the records: source in the order of the pack, then id.</summary>
    IReadOnlyList<Posting> InOrder(IEnumerable<Correction> corrections)
    {
        var sourceOrder = input.Pack.Sources
            .ToDictionary(source => source.Name, source => source.Index, StringComparer.Ordinal);
        var byRecords = Comparer<IReadOnlyList<RecordId>>.Create((a, b) => Compare(a, b, sourceOrder));
        var postings = corrections.Select(correction => correction.Posting).OfType<Posting>()
            .OrderBy(posting => _resolutions[posting.Rule].Index)
            .ThenBy(posting => posting.Records, byRecords);
        return [.. OneOperation.Distinct(postings)];
    }

    static int Compare(
        IReadOnlyList<RecordId> a, IReadOnlyList<RecordId> b, Dictionary<string, int> sourceOrder)
    {
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            var source = sourceOrder[a[i].Source].CompareTo(sourceOrder[b[i].Source]);
            var order = source != 0 ? source : Utf8Order.Compare(a[i].Id, b[i].Id);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Count.CompareTo(b.Count);
    }
}
