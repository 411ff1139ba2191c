// Runs the passes of one leg, each over what the earlier ones left open, and keeps what they found.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Matching.Reading;
using Recon.Matching.Splitting;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching;

/// <summary>One leg: its tables, what is still open, what was found.</summary>
sealed class LegMatcher
{
    readonly Pack _pack;
    readonly LegSpec _leg;
    readonly RecordTable[] _tables;
    readonly MatchOptions _options;
    readonly ReaderFactory _readers;
    readonly Workers _workers;
    readonly OpenRows _open;
    readonly OpenRows _offered;
    readonly MatchList _matches;
    readonly RecordTable[] _read;
    readonly Splitter _splitter;
    readonly int[]?[] _takenBy;
    readonly List<PassStatistics> _statistics = [];
    readonly List<(int Pass, Func<OpenRows, PassFindings> List, PassFindings Findings)> _undecided = [];
    readonly List<AmbiguousComponent> _ofOneSource = [];

    public LegMatcher(
        Pack pack, LegSpec leg, RecordTable[] tables, bool[]?[] settled, MatchOptions options,
        ReaderFactory readers, Workers workers, ResidualNames names)
    {
        _read = [.. tables];
        _splitter = new Splitter([.. tables.Select(table => table.Count)], names);
        (_pack, _leg, _tables, _options, _readers, _workers) = (pack, leg, tables, options, readers, workers);
        _open = OpenRows.Of(tables, settled);
        _offered = OpenRows.Of(tables, settled);
        _matches = new MatchList(tables.Length);
        _takenBy = new int[]?[tables.Length];
    }

    public LegSpec Leg => _leg;

    /// <summary>True where no pass and no earlier run has taken the record on this leg.</summary>
    public bool IsOpen(int side, int row) => _open.IsOpen(side, row);

    /// <summary>A pass of another leg takes the record off this one.</summary>
    public void TakeElsewhere(int side, int row, int pass)
    {
        Close(side, row);
        if (_takenBy[side] is not { } passes)
        {
            passes = new int[_tables[side].Count];
            Array.Fill(passes, -1);
            _takenBy[side] = passes;
        }

        passes[row] = pass;
    }

    /// <summary>A pass of one source, whose leg this is, has matched these rows.</summary>
    public void Take(int pass, IEnumerable<int[]> matches) => _matches.Append(pass, matches, Close);

    /// <summary>The record is offered to no later pass; it stays open.</summary>
    public void Withhold(int side, int row) => _offered.Close(side, row);

    /// <summary>True where a pass of one source may look at the record: nothing took it and no pass holds it.</summary>
    public bool IsOffered(int side, int row) => _offered.IsOpen(side, row);

    /// <summary>Lists what the passes of one source, whose leg this is, could not tell apart.</summary>
    public void List(IEnumerable<AmbiguousComponent> components) => _ofOneSource.AddRange(components);

    /// <summary>Notes what a pass did that takes records in its own way.</summary>
    public void Note(PassStatistics statistics) => _statistics.Add(statistics);

    public void Run(PassSpec pass)
    {
        if (pass.Partial is not null)
        {
            RunPartial(pass);
            return;
        }

        var plan = PlanOf(pass);
        var runner = RunnerOf(plan);
        var progress = _options.Progress;
        var findings = runner.Find(_offered, progress is null ? null : share => progress(pass.Index, share));
        Append(pass, plan, findings, Close);
        Leave(pass, findings, runner.List);
    }

    // Round by round over what the rounds before left, as often as a record may be split.
    void RunPartial(PassSpec pass)
    {
        var whole = new PassFindings();
        for (var round = 1; ; round++)
        {
            var runner = new PartialRunner(pass, _tables, _readers, widened => RunnerOf(PlanOf(widened)));
            var findings = runner.Find(_offered);
            whole.AddRound(findings);
            var pairs = findings.PairFirst.Span.ToArray().Zip(findings.PairSecond.Span.ToArray()).OrderBy(pair => pair.First).ToList();
            foreach (var (first, second) in pairs)
            {
                Close(0, first);
                Close(1, second);
            }

            var left = _splitter.Split(pass, _tables, pairs);
            if (!Extend(left) || round == pass.Partial)
            {
                whole.Capped.AddRange(findings.Capped);
                Append(pass, PlanOf(pass), whole, (_, _) => { });
                Leave(pass, findings, runner.List);
                _options.Progress?.Invoke(pass.Index, 1);
                return;
            }
        }
    }

    bool Extend(List<Residual>[] left)
    {
        for (var side = 0; side < left.Length; side++)
        {
            if (left[side].Count > 0)
            {
                _tables[side] = _tables[side].With(left[side]);
                _open.Extend(side, _tables[side].Count);
                _offered.Extend(side, _tables[side].Count);
            }
        }

        return left.Any(side => side.Count > 0);
    }

    PassPlan PlanOf(PassSpec pass) => new(pass, [.. _tables], _readers, _options.Rules, _options.HashSeed)
    {
        FewTexts = _options.Cut.FewTexts,
    };

    PassRunner RunnerOf(PassPlan plan) => new(
        plan,
        [.. plan.Tables.Select(table => new Interchangeable(_pack, _leg, table, plan.Pass, _options.HashSeed))],
        _workers);

    void Append(PassSpec pass, PassPlan plan, PassFindings findings, Action<int, int> close)
    {
        var before = _matches.Count;
        var records = _matches.Append(plan, findings, close);
        _statistics.Add(new PassStatistics(
            pass.Index, findings.Candidates, findings.Fitting, _matches.Count - before, records, findings.Capped.Count));
    }

    // Notes what the pass could not decide, to be asked again when all passes have run.
    void Leave(PassSpec pass, PassFindings findings, Func<OpenRows, PassFindings> list)
    {
        if (findings.Ambiguous[0].Count > 0 || findings.Capped.Count > 0)
        {
            _undecided.Add((pass.Index, list, findings));
            Hold(pass, findings);
        }
    }

    /// <summary>What was found; called once, after the last pass of the pack.</summary>
    public LegMatches Build()
    {
        var ambiguous = ListAmbiguous();
        return _matches.Build(_leg, [.. _ofOneSource, .. ambiguous], _statistics, _takenBy, Residuals());
    }

    (IReadOnlyList<RecordTable?>, IReadOnlyList<IReadOnlyList<Residual>>) Residuals() =>
        ([.. _tables.Select((table, side) => table == _read[side] ? null : table)], _splitter.Made);

    void Close(int side, int row)
    {
        Require.That(_open.IsOpen(side, row));
        _open.Close(side, row);
        _offered.Close(side, row);
    }

    void Hold(PassSpec pass, PassFindings findings)
    {
        for (var side = 0; pass.Hold && side < findings.Ambiguous.Length; side++)
        {
            foreach (var row in findings.Ambiguous[side].Span)
            {
                _offered.Close(side, row);
            }

            foreach (var (first, second) in findings.Capped)
            {
                Array.ForEach(side == 0 ? first : second, row => _offered.Close(side, row));
            }
        }
    }

    /// <summary>
    /// What the passes left ambiguous and no later pass matched: each pass is asked again among those rows, the first pass
    /// first; a record stands in one component only. A capped key is not asked again.
    /// </summary>
    List<AmbiguousComponent> ListAmbiguous()
    {
        var components = new List<AmbiguousComponent>();
        foreach (var (pass, list, findings) in _undecided)
        {
            var capped = findings.Capped.Select(block => Capped(pass, block)).ToList();
            var listed = findings.Ambiguous[0].Count == 0 ? new PassFindings() : list(StillOpen(findings.Ambiguous));
            var found = listed.Components
                .Concat(capped.Concat(listed.Capped.Select(block => Capped(pass, block))).OfType<AmbiguousComponent>())
                .OrderBy(component => component.Rows[0][0]).ToList();
            foreach (var component in found)
            {
                CloseAll(0, component.Rows[0]);
                CloseAll(1, component.Rows[1]);
            }

            components.AddRange(found);
        }

        return components;
    }

    OpenRows StillOpen(IntList[] rows)
    {
        var asked = OpenRows.None(_tables);
        for (var side = 0; side < rows.Length; side++)
        {
            foreach (var row in rows[side].Span)
            {
                if (_open.IsOpen(side, row))
                {
                    asked.Open(side, row);
                }
            }
        }

        return asked;
    }

    // What later passes left of a capped key; nothing where a side is used up.
    AmbiguousComponent? Capped(int pass, (int[] First, int[] Second) block)
    {
        var first = Array.FindAll(block.First, row => _open.IsOpen(0, row));
        var second = Array.FindAll(block.Second, row => _open.IsOpen(1, row));
        return first.Length == 0 || second.Length == 0
            ? null
            : new AmbiguousComponent(pass, first, second, [], count: 0) { IsCapped = true };
    }

    void CloseAll(int side, IReadOnlyList<int> rows)
    {
        foreach (var row in rows)
        {
            _open.Close(side, row);
        }
    }
}
