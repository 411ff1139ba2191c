// Why a record matched, or why not, as sections.
using System.Globalization;
using Recon.Matching;
using Recon.Matching.Explaining;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs;
using Recon.Runs.Asking;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

/// <summary>Explains records of a decided run.</summary>
public sealed partial class ExplanationSections(DecidedRun decided)
{
    // More than a screen of candidates explains nothing.
    const int NearestShown = 3;
    const int MembersShown = 10;
    const int RecordsShown = 100;

    readonly MatchExplainer _explainer = new(decided.Pack, decided.Tables, decided.Scope, decided.Options, decided.Matches);
    readonly RunRecord _record = decided.Submission.Record;

    /// <summary>The record itself, then what became of it on each leg of its source.</summary>
    /// <param name="only">Names of the one leg that is asked about; null for all.</param>
    public IEnumerable<Section> Of(RecordTable table, int row, IReadOnlyList<string>? only = null)
    {
        yield return Facts(table, row);
        if (!IsOfLeg(table, row) && table.Origins.IsJoined(row))
        {
            yield return JoinedByServer(table, row);
        }

        if (OriginOf(table, row) is { } origin)
        {
            yield return origin;
        }

        if (DecidedByPeople(table, row) is { } people)
        {
            yield return people;
        }

        if (decided.Matches.Duplicates.Where(found => found.Source == table.Source.Index && found.Row == row).ToList() is [var duplicate])
        {
            yield return LeftOut(table, duplicate);
            yield break;
        }

        if (DuplicateSections.RepeatsOf(decided, table, row) is { } repeats)
        {
            yield return repeats;
        }

        if (OwnPostingSections.Of(decided, table, row) is { } own)
        {
            yield return own;
            if (decided.PostingOf(table.Source, row)!.To == table.Name)
            {
                yield break;
            }
        }

        if (NetSections.Of(decided.Pack, decided, table, row) is { } netted)
        {
            yield return netted;
            yield break;
        }

        foreach (var leg in decided.Pack.LegsOf(table.Source).Where(leg => only is null || leg.Names.SequenceEqual(only)))
        {
            var side = leg.SideOf(table.Name);
            var match = MatchesOf(leg, table)[row];
            var elsewhere = decided.Matches.Legs[leg.Index].TakenBy(side, row);
            if (match >= 0 && decided.Pack.Passes[decided.Matches.Legs[leg.Index].PassOf(match)].Kind == PassKind.OwnPostings)
            {
                continue;
            }

            var sections = match >= 0 ? leg.Sources.Count > 2 && !IsByHand(leg, match) ? MatchedOfSeveral(leg, match) : Matched(leg, match)
                : elsewhere >= 0 ? [TakenElsewhere(leg, decided.Pack.Passes[elsewhere])]
                : IsSettled(leg, side, row) ? [SettledBefore(leg, table)]
                : Open(leg, side, table, row);
            foreach (var section in sections)
            {
                yield return section;
            }
        }

        foreach (var section in IsOpen(table, row) ? Cancelling(table, row) : [])
        {
            yield return section;
        }
    }

    /// <summary>For each pass between two records, every condition in order and the first that kept them apart.</summary>
    public IEnumerable<Section> Between(RecordTable table, int row, RecordTable other, int otherRow)
    {
        if (table.Name == other.Name)
        {
            return BetweenTwoOf(table, row, otherRow);
        }

        var legs = decided.Pack.Legs.Where(leg => IsOn(leg, table, row) && IsOn(leg, other, otherRow)).ToList();
        return legs.Count == 0
            ? throw new ReconException($"no pass joins {table.Name} and {other.Name}", FaultKind.NotFound)
            : legs.SelectMany(leg => BetweenOn(leg, new SideRow(leg.SideOf(table.Name), row), new SideRow(leg.SideOf(other.Name), otherRow)));
    }

    IEnumerable<Section> BetweenOn(LegSpec leg, SideRow one, SideRow other)
    {
        var (first, second) = one.Side < other.Side ? (one, other) : (other, one);
        string[] names = [leg.Names[first.Side], leg.Names[second.Side]];
        var checks = leg.Sources.Count > 2 ? _explainer.WhyNotOfSeveral(leg, first, second) : _explainer.WhyNot(leg, first.Row, second.Row);
        return checks.Select(check => Conditions(
            $"Pass {check.Pass.Id}: {NotApart(leg, check, first, second) ?? Verdict(check)}", names, check.Conditions, Notes(names, check)));
    }

    // Nothing keeps the two apart, but other candidates fit as well.
    string? NotApart(LegSpec leg, PassCheck check, SideRow first, SideRow second)
    {
        var component = decided.Matches.Legs[leg.Index].Ambiguous.FirstOrDefault(each => each.Pass == check.Pass.Index
            && each.Rows[first.Side].Contains(first.Row) && each.Rows[second.Side].Contains(second.Row));
        return component is null || check.FirstFailed is not null
            ? null
            : "all conditions hold, but for others as well: it could not tell apart"
                + $" {string.Join(" and ", component.Rows.Select((rows, side) => $"{Text(rows.Count)} of {leg.Names[side]}"))}";
    }

    IEnumerable<Section> BetweenTwoOf(RecordTable table, int row, int otherRow)
    {
        if (IsOfLeg(table, row) || IsOfLeg(table, otherRow))
        {
            throw new ReconException("what this run left of a record takes no part in passes of its source alone", FaultKind.NotFound);
        }

        var checks = _explainer.WhyNotOfOneSource(table, row, otherRow);
        return checks.Count == 0
            ? throw new ReconException($"no pass compares two records of {table.Name}", FaultKind.NotFound)
            : checks.Select(check => Conditions(
                $"Pass {check.Pass.Id}: {Verdict(check)}", [table.Id(row), table.Id(otherRow)], check.Conditions, NotesOf(table, check)));
    }

    bool IsOpen(RecordTable table, int row) => !IsOfLeg(table, row) && decided.Pack.LegsOf(table.Source).All(leg =>
        MatchesOf(leg, table)[row] < 0
        && !IsSettled(leg, leg.SideOf(table.Name), row));

    bool IsSettled(LegSpec leg, int side, int row) =>
        decided.Scope.SettledRows[leg.Index][side] is { } settled && row < settled.Length && settled[row];

    // What an open record could have cancelled with.
    IEnumerable<Section> Cancelling(RecordTable table, int row)
    {
        if (NetSections.AmbiguousOf(decided.Pack, decided, table, row) is { } ambiguous)
        {
            yield return ambiguous;
        }

        if (_explainer.NearestToCancel(table, row, NearestShown) is { Count: > 0 } nearest)
        {
            yield return NetSections.NearestOf(table, nearest, check =>
                check.FirstFailed is { } failed ? Sentence(check, failed) : Verdict(check));
        }
    }

    Section LeftOut(RecordTable table, DuplicateRow duplicate)
    {
        var pass = decided.Pack.Passes[duplicate.Pass];
        var check = _explainer.WhyNotOfOneSource(table, duplicate.Row, duplicate.Kept, pass)[0];
        return Conditions(
            $"left out by {pass.Id}: it repeats {table.Name}:{table.Id(duplicate.Kept)}",
            [table.Id(duplicate.Row), table.Id(duplicate.Kept)],
            check.Conditions,
            "A duplicate takes no part on any leg.");
    }

    Section Facts(RecordTable table, int row)
    {
        var origin = table.Origins.TableOf(row);
        var raw = table.Origins.RawRowOf[row];
        var place = origin.FileName(raw) is string file ? InputPlace.Of(file, origin.Line(raw)) : "no file";
        var rows = table.Source.Fields.Select((field, i) => (IReadOnlyList<string>)
            [field.Name, table.Columns[i].Display(row) ?? "NULL"]);
        return new Section(
            $"{table.Name}:{table.Id(row)}",
            [new("field"), new("value")],
            [.. rows],
            "",
            table.Origins.IsCarried(row) ? $"carried from an earlier run, first read from {place}" : $"read from {place}{Asked(table.Source)}");
    }

    Section JoinedByServer(RecordTable table, int row)
    {
        var pass = PushDown.Of(decided.Pack, table.Source)!;
        var other = pass.Leg.Sources.First(source => source.Name != table.Name);
        var mate = decided.Tables[other.Index].Origins.Raw[0].Column(other.Field(other.Id!).Column)!.Text(table.Origins.RawRowOf[row]);
        var travelling = PushDown.Travelling(decided.Pack, table.Source).SelectMany(field => field.Columns).ToHashSet(StringComparer.Ordinal);
        var behind = table.Origins.Raw[0].ColumnNames.Where(name => !travelling.Contains(name)).ToList();
        return new Section(
            $"The server joined it with {other.Name}:{mate} for the pass {pass.Id}",
            [new("")],
            [],
            "On either side it was the only row of its key, and what the pass compares was the same text.",
            behind.Count == 0 ? null : $"not read, because no rule asks it of a match: {string.Join(", ", behind.Select(PlainText.OneLine))}");
    }

    // With what a query was asked.
    string Asked(SourceSpec source) => source.Read.Sql is { Asked.Count: > 0 }
        ? $"\nwith {string.Join(", ", Question.Of(source, _record.Head.BusinessDate).Values)}"
        : "";

    IEnumerable<Section> Matched(LegSpec leg, int match)
    {
        if (IsByHand(leg, match))
        {
            yield return MatchedByHand(leg, match);
            yield break;
        }

        var why = _explainer.Why(leg, match, NearestShown);
        var view = MatchView.Of(_record, new RecordId(leg.Names[0], why.FirstIds[0])).First(found => found.Leg.SequenceEqual(leg.Names));
        var left = LeftOf(leg, match);
        yield return Conditions(
            $"{leg}: matched by {why.Pass.Id}, class {view.Class}",
            leg.Names,
            why.Conditions,
            $"with {Named([.. view.Records.Select(record => record.ToString())], RecordsShown)}\n"
            + $"{view.Break?.Reason ?? (left.Length > 0 ? "no difference in the part that was matched" : "no difference")}{left}");
        if (why.Compared.Count > 0)
        {
            yield return Compared(leg, why, isInPart: left.Length > 0);
        }

        if (view.Truths.Count > 0)
        {
            yield return Truths(view);
        }

        if (why.Alternatives.Count > 0)
        {
            yield return Alternatives(leg, why);
        }
    }

    static Section SettledBefore(LegSpec leg, RecordTable table) => new(
        $"{leg}: matched by an earlier run", [new("")], [], $"On this leg {table.Name} has nothing left to match.");

    IEnumerable<Section> Open(LegSpec leg, int side, RecordTable table, int row)
    {
        var member = new RecordId(table.Name, table.Id(row));
        var item = OpenItems.Of(_record).First(entry => entry.Record == member && entry.Break.Leg.SequenceEqual(leg.Names)).Break;
        yield return new Section(
            $"{leg}: open",
            [new(""), new("")],
            [
                ["class", $"{item.Class} ({ResultDocument.Word(item.Status)}, tier {ResultDocument.Word(item.Tier)})"],
                ["break", item.Id],
                ["since", ResultDocument.Iso(item.Born)],
                ["due", item.Due is DateOnly due ? ResultDocument.Iso(due) : "no deadline"],
                ["why", item.Reason],
            ],
            "");
        if (leg.Sources.Count > 1 && AmbiguousRecords.Of(decided.Pack, decided, leg, side, row) is { } ambiguous)
        {
            yield return ambiguous;
        }

        foreach (var other in Enumerable.Range(0, leg.Sources.Count).Where(other => other != side))
        {
            yield return Nearest(leg, new SideRow(side, row), other);
        }
    }

    Section Nearest(LegSpec leg, SideRow record, int other)
    {
        var nearest = leg.Sources.Count > 2
            ? _explainer.NearestOfSeveral(leg, record, other, NearestShown)
            : _explainer.NearestCandidates(leg, record.Side, record.Row, NearestShown);
        return new Section(
            $"The nearest open records of {leg.Names[other]}",
            [new("record"), new("pass"), new("first condition that kept them apart")],
            [.. nearest.Candidates.Select(near => (IReadOnlyList<string>)
                [near.Id, near.Check.Pass.Id, near.Check.FirstFailed is { } failed ? Sentence(near.Check, failed) : Verdict(near.Check)])],
            $"{leg.Names[other]} has no open record.",
            nearest.Available > nearest.LookedAt ? $"{Text(nearest.LookedAt)} of {Text(nearest.Available)} looked at" : null);
    }

    static Section Conditions(
        string title, IReadOnlyList<string> sides, IReadOnlyList<ConditionCheck> conditions, string? note) => new(
        title,
        [new("condition"), new(sides[0]), new(sides[1]), new("verdict"), new("outside by")],
        [.. conditions.Select(check => (IReadOnlyList<string>)
        [
            NameOf(check), Value(check, check.FirstValue), Value(check, check.SecondValue), Word(check.Verdict), Outside(check),
        ])],
        "This pass has no condition.",
        note);

    static Section Compared(LegSpec leg, WhyMatched why, bool isInPart) => new(
        "What was compared",
        [new("fields"), new(leg.Names[0], true), new(leg.Names[1], true), new("difference", true)],
        [.. why.Compared.Select(pair => (IReadOnlyList<string>)
            [pair.Name, pair.FirstValue ?? "NULL", pair.SecondValue ?? "NULL", pair.Difference ?? "none"])],
        "",
        isInPart ? "As it was before the split: what is left open is in this difference." : null);

    static Section Truths(MatchView view) => new(
        "What is believed",
        [new("field"), new("value"), new("said by"), new("against")],
        [.. view.Truths.Select(truth => (IReadOnlyList<string>)
            [truth.Field, truth.Value ?? "nobody is believed", truth.From ?? "", string.Join(", ", truth.Against)])],
        "");

    static Section Alternatives(LegSpec leg, WhyMatched why) => new(
        "What else would have fitted",
        [new("record"), new("why not"), new("stands with")],
        [.. why.Alternatives.Select(other => (IReadOnlyList<string>)
            [$"{leg.Names[other.Side]}:{other.Id}", Word(other.Reason), other.MatchedWith.Count == 0 ? "open" : string.Join(", ", other.MatchedWith)])],
        "",
        why.AlternativeCount > why.Alternatives.Count ? $"{Text(why.AlternativeCount - why.Alternatives.Count)} more" : null);

    static string Verdict(PassCheck check) => check.FirstFailed is { } failed
        ? $"kept apart by {Sentence(check, failed)}"
        : (check.FirstTaken ?? check.SecondTaken) switch
        {
            null => "all conditions hold",
            { Pass.Kind: PassKind.Join, With.Count: 0 } => "all conditions hold, but a record was held as ambiguous",
            _ => "all conditions hold, but a record was taken",
        };

    // C# has no values of its own, and an empty group no total.
    static string Value(ConditionCheck check, string? value) =>
        value ?? (check.Kind == ConditionKind.When || check.IsOfEmptyGroup ? "" : "NULL");

    static string Outside(ConditionCheck check) => check.Slip is { } slip
        ? string.Join("; ", ((string[])[Distance(check), slip]).Where(words => words.Length > 0))
        : Distance(check);

    static string Distance(ConditionCheck check) => check switch
    {
        { IsOfEmptyGroup: true } => "the group is empty",
        { Shortfall: null } => "",
        { Kind: ConditionKind.Currency } => $"the tolerance is in {check.Shortfall.Allowed}",
        { Kind: ConditionKind.Similarity } => $"similarity {check.Shortfall.By}, needs {check.Shortfall.Allowed}",
        _ => $"{check.Shortfall.By} (allowed: {check.Shortfall.Allowed})",
    };

    static string Sentence(PassCheck check, ConditionCheck failed)
    {
        if (failed.IsOfEmptyGroup)
        {
            return $"{NameOf(failed)}: the group is empty";
        }

        if (failed.Kind == ConditionKind.Search)
        {
            return $"{NameOf(failed)}: {failed.SecondValue}";
        }

        var values = failed.FirstValue is null && failed.SecondValue is null ? ""
            : $": {failed.FirstValue ?? "NULL"} against {failed.SecondValue ?? "NULL"}";
        var outside = failed.Shortfall is not { } shortfall ? ""
            : failed.Kind == ConditionKind.Currency ? $", the tolerance is in {shortfall.Allowed}"
            : failed.Kind == ConditionKind.Similarity ? $", similarity {shortfall.By}, needs {shortfall.Allowed}"
            : $", {shortfall.By} outside";
        var total = failed.Kind == ConditionKind.Amount && check.Members.Count > 0
            ? $" (total of {Text(check.Members.Count)})"
            : "";
        var slip = failed.Slip is { } kind ? $" ({kind})" : "";
        return $"{NameOf(failed)}{total}{values}{outside}{slip}";
    }

    static string? Notes(string[] names, PassCheck check)
    {
        var group = check.Members.Count == 0 ? null : $"the group: {Named(check.Members)}";
        var lines = new[] { group, Taken(names[0], check.FirstTaken), Taken(names[1], check.SecondTaken) }.OfType<string>().ToList();
        return lines.Count == 0 ? null : string.Join("\n", lines);
    }

    static string? NotesOf(RecordTable table, PassCheck check)
    {
        var group = check.Members.Count == 0 ? null : $"the group: {Named(check.Members)}";
        var lines = new[] { group, Taken(table.Name, check.FirstTaken), Taken(table.Name, check.SecondTaken) }.OfType<string>().ToList();
        return lines.Count == 0 ? null : string.Join("\n", lines.Distinct(StringComparer.Ordinal));
    }

    static string? Taken(string source, OutOfReach? taken) => taken switch
    {
        null => null,
        { Pass: null } => $"the record of {source} was settled by an earlier run",
        { IsBornLater: true } => $"the record of {source} is what {taken.Pass.Id} left, which came later",
        { Pass.Kind: PassKind.Dedupe } => $"the record of {source} was left out as a duplicate by {taken.Pass.Id}",
        { Pass.Kind: PassKind.OwnPostings } => $"the record of {source} is a posting of ours, matched by {taken.Pass.Id}",
        { Pass.IsNet: true } => $"the record of {source} was netted by {taken.Pass.Id}"
            + (taken.With.Count == 0 ? "" : $" with {Named(taken.With)}"),
        { IsOnOtherLeg: true } => $"the record of {source} was matched by {taken.Pass.Id} on {taken.Pass.Leg}",
        { With.Count: 0 } => $"the record of {source} was held as ambiguous by {taken.Pass.Id}",
        _ => $"the record of {source} was taken by {taken.Pass.Id} together with {string.Join(", ", taken.With)}",
    };

    static string Named(IReadOnlyList<string> ids, int shown = MembersShown) => string.Join(", ", ids.Take(shown))
        + (ids.Count > shown ? $" and {Text(ids.Count - shown)} more" : "");

    static string Word(Verdict verdict) => verdict switch
    {
        Matching.Explaining.Verdict.Holds => "holds",
        Matching.Explaining.Verdict.Fails => "fails",
        _ => "not asked",
    };

    static string Word(RejectionReason reason) => reason switch
    {
        RejectionReason.Farther => "farther away",
        RejectionReason.LaterInOrder => "later in the order of the tie",
        RejectionReason.NotBestAsAWhole => "no better as a whole: pairs, then total distance, then ids",
        RejectionReason.LargerId => "equal in all the rules read, larger id",
        _ => "taken by a match before this one",
    };

    static string NameOf(ConditionCheck check) =>
        check.Kind == ConditionKind.Currency ? $"currency of {check.Name}" : PlainText.OneLine(check.Name);

    static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
