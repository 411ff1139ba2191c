// Why a record matched, or why not, as sections.
using System.Globalization;
using Recon.Matching;
using Recon.Matching.Explaining;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

/// <summary>Explains records of a decided run.</summary>
public sealed class ExplanationSections(Pack pack, DecidedRun decided)
{
    // More than a screen of candidates explains nothing.
    const int NearestShown = 3;
    const int MembersShown = 10;

    readonly MatchExplainer _explainer = new(pack, decided.Tables, decided.Scope, decided.Options, decided.Matches);
    readonly RunRecord _record = decided.Submission.Record;

    /// <summary>The record itself, then what became of it on each leg of its source.</summary>
    /// <param name="only">Names of the one leg that is asked about; null for all.</param>
    public IEnumerable<Section> Of(RecordTable table, int row, IReadOnlyList<string>? only = null)
    {
        yield return Facts(table, row);
        if (decided.Matches.Duplicates.Where(found => found.Source == table.Source.Index && found.Row == row).ToList() is [var duplicate])
        {
            yield return LeftOut(table, duplicate);
            yield break;
        }

        if (DuplicateSections.RepeatsOf(decided, table, row) is { } repeats)
        {
            yield return repeats;
        }

        if (NetSections.Of(pack, decided, table, row) is { } netted)
        {
            yield return netted;
            yield break;
        }

        foreach (var leg in pack.LegsOf(table.Source).Where(leg => only is null || leg.Names.SequenceEqual(only)))
        {
            var side = leg.SideOf(table.Name);
            var match = decided.Matches.Legs[leg.Index].MatchOfRow(side, table.Count)[row];
            var sections = match >= 0 ? Matched(leg, match)
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

        var leg = pack.Legs.FirstOrDefault(leg => leg.Names.Contains(table.Name) && leg.Names.Contains(other.Name))
            ?? throw new ReconException($"no pass joins {table.Name} and {other.Name}", FaultKind.NotFound);
        var (first, second) = leg.Sources[0].Name == table.Name ? (row, otherRow) : (otherRow, row);
        return _explainer.WhyNot(leg, first, second).Select(check => Conditions(
            $"Pass {check.Pass.Id}: {Verdict(check)}", leg.Names, check.Conditions, Notes(leg, check)));
    }

    IEnumerable<Section> BetweenTwoOf(RecordTable table, int row, int otherRow)
    {
        var checks = _explainer.WhyNotOfOneSource(table, row, otherRow);
        return checks.Count == 0
            ? throw new ReconException($"no pass compares two records of {table.Name}", FaultKind.NotFound)
            : checks.Select(check => Conditions(
                $"Pass {check.Pass.Id}: {Verdict(check)}", [table.Id(row), table.Id(otherRow)], check.Conditions, NotesOf(table, check)));
    }

    bool IsOpen(RecordTable table, int row) => pack.LegsOf(table.Source).All(leg =>
        decided.Matches.Legs[leg.Index].MatchOfRow(leg.SideOf(table.Name), table.Count)[row] < 0
        && !IsSettled(leg, leg.SideOf(table.Name), row));

    bool IsSettled(LegSpec leg, int side, int row) =>
        decided.Scope.SettledRows[leg.Index][side] is { } settled && row < settled.Length && settled[row];

    // What an open record could have cancelled with.
    IEnumerable<Section> Cancelling(RecordTable table, int row)
    {
        if (NetSections.AmbiguousOf(pack, decided, table, row) is { } ambiguous)
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
        var pass = pack.Passes[duplicate.Pass];
        var check = _explainer.WhyNotOfOneSource(table, duplicate.Row, duplicate.Kept, pass)[0];
        return Conditions(
            $"left out by {pass.Id}: it repeats {table.Name}:{table.Id(duplicate.Kept)}",
            [table.Id(duplicate.Row), table.Id(duplicate.Kept)],
            check.Conditions,
            "A duplicate takes no part on any leg.");
    }

    static Section Facts(RecordTable table, int row)
    {
        var origin = table.Origins.TableOf(row);
        var raw = table.Origins.RawRowOf[row];
        var place = origin.FileName(raw) is string file ? $"{file}:{Line(origin.Line(raw))}" : "no file";
        var rows = table.Source.Fields.Select((field, i) => (IReadOnlyList<string>)
            [field.Name, table.Columns[i].Display(row) ?? "NULL"]);
        return new Section(
            $"{table.Name}:{table.Id(row)}",
            [new("field"), new("value")],
            [.. rows],
            "",
            table.Origins.Carried[row] ? $"carried from an earlier run, first read from {place}" : $"read from {place}");
    }

    IEnumerable<Section> Matched(LegSpec leg, int match)
    {
        var why = _explainer.Why(leg, match, NearestShown);
        var view = MatchView.Of(_record, new RecordId(leg.Names[0], why.FirstIds[0])).First(found => found.Leg.SequenceEqual(leg.Names));
        yield return Conditions(
            $"{leg}: matched by {why.Pass.Id}, class {view.Class}",
            leg.Names,
            why.Conditions,
            $"with {RunSections.RecordNames(view.Records)}\n{view.Break?.Reason ?? "no difference"}{LeftOf(leg, match)}");
        if (why.Compared.Count > 0)
        {
            yield return Compared(leg, why);
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

    // What the match left open of a record.
    string LeftOf(LegSpec leg, int match)
    {
        var found = decided.Matches.Legs[leg.Index];
        return string.Concat(leg.Names.SelectMany((name, side) => found.ResidualsOf(side)
            .Where(residual => found.RowsOf(side, match).Contains(residual.Split))
            .Select(residual => $"\n{residual.Amount} of it stay open as {name}:{residual.Of.Id}")));
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
        if (leg.Sources.Count > 1 && AmbiguousRecords.Of(pack, decided, leg, side, row) is { } ambiguous)
        {
            yield return ambiguous;
        }

        if (leg.Sources.Count == 1)
        {
            yield break;
        }

        var nearest = _explainer.NearestCandidates(leg, side, row, NearestShown);
        yield return new Section(
            $"The nearest open records of {leg.Names[1 - side]}",
            [new("record"), new("pass"), new("first condition that kept them apart")],
            [.. nearest.Candidates.Select(near => (IReadOnlyList<string>)
                [near.Id, near.Check.Pass.Id, near.Check.FirstFailed is { } failed ? Sentence(near.Check, failed) : Verdict(near.Check)])],
            $"{leg.Names[1 - side]} has no open record.",
            nearest.Available > nearest.LookedAt ? $"{Text(nearest.LookedAt)} of {Text(nearest.Available)} looked at" : null);
    }

    static Section Conditions(
        string title, IReadOnlyList<string> sides, IReadOnlyList<ConditionCheck> conditions, string? note) => new(
        title,
        [new("condition"), new(sides[0]), new(sides[1]), new("verdict"), new("outside by")],
        [.. conditions.Select(check => (IReadOnlyList<string>)
        [
            NameOf(check), check.FirstValue ?? "", check.SecondValue ?? "", Word(check.Verdict), Outside(check),
        ])],
        "This pass has no condition.",
        note);

    static Section Compared(LegSpec leg, WhyMatched why) => new(
        "What was compared",
        [new("fields"), new(leg.Names[0], true), new(leg.Names[1], true), new("difference", true)],
        [.. why.Compared.Select(pair => (IReadOnlyList<string>)
            [pair.Name, pair.FirstValue ?? "NULL", pair.SecondValue ?? "NULL", pair.Difference ?? "none"])],
        "");

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
        : check.FirstTaken is null && check.SecondTaken is null ? "all conditions hold" : "all conditions hold, but a record was taken";

    static string Outside(ConditionCheck check) => check switch
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

        var values = failed.FirstValue is null && failed.SecondValue is null ? ""
            : $": {failed.FirstValue ?? "NULL"} against {failed.SecondValue ?? "NULL"}";
        var outside = failed.Shortfall is not { } shortfall ? ""
            : failed.Kind == ConditionKind.Currency ? $", the tolerance is in {shortfall.Allowed}"
            : failed.Kind == ConditionKind.Similarity ? $", similarity {shortfall.By}, needs {shortfall.Allowed}"
            : $", {shortfall.By} outside";
        var total = failed.Kind == ConditionKind.Amount && check.Members.Count > 0
            ? $" (total of {Text(check.Members.Count)})"
            : "";
        return $"{NameOf(failed)}{total}{values}{outside}";
    }

    static string? Notes(LegSpec leg, PassCheck check)
    {
        var group = check.Members.Count == 0 ? null : $"the group: {Named(check.Members)}";
        var lines = new[] { group, Taken(leg.Names[0], check.FirstTaken), Taken(leg.Names[1], check.SecondTaken) }.OfType<string>().ToList();
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
        { Pass.Kind: PassKind.Dedupe } => $"the record of {source} was left out as a duplicate by {taken.Pass.Id}",
        { Pass.IsNet: true } => $"the record of {source} was netted by {taken.Pass.Id}"
            + (taken.With.Count == 0 ? "" : $" with {Named(taken.With)}"),
        { With.Count: 0 } => $"the record of {source} was held as ambiguous by {taken.Pass.Id}",
        _ => $"the record of {source} was taken by {taken.Pass.Id} together with {string.Join(", ", taken.With)}",
    };

    static string Named(IReadOnlyList<string> ids) => string.Join(", ", ids.Take(MembersShown))
        + (ids.Count > MembersShown ? $" and {Text(ids.Count - MembersShown)} more" : "");

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
        RejectionReason.LargerId => "equal in all the rules read, larger id",
        _ => "taken by a match before this one",
    };

    static string NameOf(ConditionCheck check) =>
        check.Kind == ConditionKind.Currency ? $"currency of {check.Name}" : PlainText.OneLine(check.Name);

    // A place, not a count: as editors write it.
    static string Line(int? line) => (line ?? 0).ToString(CultureInfo.InvariantCulture);

    static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
