// What is believed about each match, field by field.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Believing;

/// <summary>Truth of all matches of a leg, by the trust lists of the pack.</summary>
public static class TruthTable
{
    /// <summary>
    /// One column set for each trust list that names a source of the leg, in the order of the pack. The first trusted
    /// source of the match that has a value is believed; a source of the match whose own value differs is against. A field
    /// that the pass of the match compares only as a part of a sum (<c>gross</c> in <c>sum(gross - fee) ~ amount</c>) is
    /// silent there: nobody has said that it should equal the other side. Of a record that was matched in part the match
    /// says that part.
    /// </summary>
    /// <param name="tables">In the order of the pack's sources.</param>
    /// <remarks>
    /// On the many side money is summed (a NULL or a second currency leaves no value); all else must be the same on every
    /// member. Where an instant meets a date, dates are compared. Legs may be asked on several threads.
    /// </remarks>
    public static IReadOnlyList<TruthColumns> Of(
        Pack pack, IReadOnlyList<RecordTable> tables, LegMatches matches, CancellationToken cancellation) =>
    [
        .. pack.Trust
            .Where(spec => spec.Sources.Any(field => matches.Leg.Names.Contains(field.Source)))
            .Select(spec => Of(spec, pack.Passes, tables, matches, cancellation)),
    ];

    static TruthColumns Of(
        TrustSpec spec, IReadOnlyList<PassSpec> passes, IReadOnlyList<RecordTable> tables, LegMatches matches,
        CancellationToken cancellation)
    {
        var fields = spec.Sources.Where(field => matches.Leg.Names.Contains(field.Source)).ToList();
        var voices = fields.Select(field => VoiceOf(field, tables, matches)).ToArray();
        var speakers = passes.Select(pass => voices.Where((_, i) => !IsPartOfSum(fields[i], pass)).ToArray()).ToArray();
        var believed = new BelievedValues(matches.Count);
        for (var match = 0; match < matches.Count; match++)
        {
            Believe(speakers[matches.PassOf(match)], matches, match, believed);
            if (match % (1 << 16) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return believed.Build(spec.Field);
    }

    static void Believe(Voice[] voices, LegMatches matches, int match, BelievedValues believed)
    {
        Voice? first = null;
        byte against = 0;
        foreach (var voice in voices)
        {
            if (voice.Side == first?.Side || !voice.Listen(matches.RowsOf(voice.Side, match)))
            {
                continue;
            }

            if (first is null)
            {
                first = voice;
            }
            else if (!first.Agrees(voice))
            {
                against |= (byte)(1 << voice.Side);
            }
        }

        believed.Add(first, against);
    }

    static bool IsPartOfSum(TrustedField field, PassSpec pass)
    {
        var compared = pass.Comparisons.SelectMany(pair => new[] { pair.Left, pair.Right })
            .Where(side => side.Terms.Any(term => term.Source == field.Source && term.Field == field.Field)).ToList();
        return compared.Count > 0 && compared.TrueForAll(side => side.Terms.Count > 1);
    }

    static Voice VoiceOf(TrustedField field, IReadOnlyList<RecordTable> tables, LegMatches matches)
    {
        var side = matches.Leg.SideOf(field.Source);
        var table = matches.TableOf(side, tables[matches.Leg.Sources[side].Index]);
        return LegView.ColumnOf(table, field.Field) switch
        {
            MoneyColumn money => new MoneyVoice(side, money, table, LeftIn(field.Field, matches.ResidualsOf(side), table.Count)),
            var column => new PlainVoice(side, column, table),
        };
    }

    static Dictionary<int, int> LeftIn(string field, IReadOnlyList<Residual> residuals, int rowCount) => residuals.Index()
        .Where(entry => entry.Item.Field == field)
        .ToDictionary(entry => entry.Item.Split, entry => rowCount - residuals.Count + entry.Index);
}
