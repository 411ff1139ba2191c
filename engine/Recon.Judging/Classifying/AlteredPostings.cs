// Matches of our own postings with the records of the books that say something else.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Classifying;

/// <summary>No rule is asked about them: what the books did to a posting of ours is disputed, whatever the pack says.</summary>
static class AlteredPostings
{
    static readonly ClassSpec Class = new(
        BuiltInClasses.PostingAltered, -1, Status.Disputed, new BreakCondition.Any(), When: null, Until: null, new Place("", 1, 1, 1, ""));

    /// <summary>The tier of a class for which the pack has no resolution.</summary>
    public static Tier TierOf(ClassSpec rule) => rule == Class ? Tier.Escalate : Tier.Auto;

    /// <summary>In the order of the matches.</summary>
    public static IEnumerable<Subject> Of(
        LegView view, PassSpec pass, (int Start, int End) matches, IReadOnlyDictionary<(int Pass, int Row), AlteredPosting> altered)
    {
        for (var match = matches.Start; match < matches.End; match++)
        {
            var row = view.Matches.RowsOf(0, match)[0];
            if (altered.TryGetValue((pass.Index, row), out var found))
            {
                yield return new Subject(
                    BreakKind.Difference, view, pass, [[row]],
                    [new Disagreement(Facing(view.Tables[0].Source, found.Difference.Fields), found.Difference, found.Weight)], Class)
                {
                    Altered = found,
                };
            }
        }
    }

    // Weighs as a difference of the money field does.
    static Comparison Facing(SourceSpec source, string name)
    {
        var side = new Operand(source.Name, FieldKind.Money, source.Value is { } field ? [new Term(false, source.Name, field)] : []);
        return new Comparison(name, side, side, Tolerance: null);
    }
}
