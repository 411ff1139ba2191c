// Runs the passes of one leg, each over what the earlier ones left open, and keeps what they found.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Matching.Reading;
using Recon.Matching.Several;
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
    readonly Splitter _splitter;
    readonly int[]?[] _takenBy;
    readonly List<PassStatistics> _statistics = [];
    readonly List<(int Pass, PassFinder Finder, PassFindings Findings)> _undecided = [];
    readonly List<SeveralRunner> _several = [];
    readonly List<AmbiguousComponent> _ofOneSource = [];
    readonly Dictionary<int, UnratedRecord>[] _unrated;

    public LegMatcher(
        Pack pack, LegSpec leg, RecordTable[] tables, bool[]?[] settled, MatchOptions options,
        ReaderFactory readers, Workers workers, ResidualNames names)
    {
        (_pack, _leg, _tables, _options, _readers, _workers) = (pack, leg, tables, options, readers, workers);
        _open = OpenRows.Of(tables, settled);
        _offered = OpenRows.Of(tables, settled);
        _matches = new MatchList(tables.Length);
        _splitter = new Splitter([.. tables], names);
        _takenBy = new int[]?[tables.Length];
        _unrated = [.. tables.Select(_ => new Dictionary<int, UnratedRecord>())];
    }

    public LegSpec Leg => _leg;

    /// <summary>Legs that a match of this one closes for its records: those whose sources are all of this leg.</summary>
    public IReadOnlyList<LegMatcher> Inner { get; set; } = [];

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
    public void Take(int pass, IReadOnlyList<int[]> matches) => _matches.Append(pass, matches, CloseMatched);

    /// <summary>Closes what people matched, so that no pass takes it.</summary>
    public void Reserve(PassSpec pass, IReadOnlyList<int[][]> matches)
    {
        foreach (var rows in matches)
        {
            for (var side = 0; side < rows.Length; side++)
            {
                CloseHereAndInside(side, rows[side], pass);
            }
        }
    }

    /// <summary>Keeps what people matched; its rows are closed already.</summary>
    public void TakeGiven(PassSpec pass, IReadOnlyList<int[][]> matches)
    {
        var records = _matches.AppendGiven(pass.Index, matches);
        _statistics.Add(new PassStatistics(pass.Index, matches.Count, matches.Count, matches.Count, records));
    }

    /// <summary>The records are offered to no pass; they stay open.</summary>
    public void Withhold(int[][] rows)
    {
        for (var side = 0; side < rows.Length; side++)
        {
            Array.ForEach(rows[side], row => _offered.Close(side, row));
        }
    }

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
        if (pass.IsOfSeveral)
        {
            var several = new SeveralRunner(new SeveralPlan(pass, _tables, _readers, _options.Rules, _options.HashSeed), SameIn(pass), _workers);
            _several.Add(several);
            Run(pass, several, findings => _matches.AppendTuples(pass.Index, findings, (side, rows) => CloseHereAndInside(side, rows, pass)));
        }
        else if (pass.Partial is not null)
        {
            RunInRounds(pass);
        }
        else
        {
            var plan = PlanOf(pass);
            Run(pass, new PassRunner(plan, SameIn(pass), _workers), findings => _matches.Append(plan, findings, CloseMatched));
        }
    }

    void Run(PassSpec pass, PassFinder finder, Func<PassFindings, int[]> append)
    {
        var progress = _options.Progress;
        Keep(pass, finder, finder.Find(_offered, progress is null ? null : share => progress(pass.Index, share)), append);
    }

    // Each round looks at what the rounds before left, as often as a record may be split.
    void RunInRounds(PassSpec pass)
    {
        var whole = new PassFindings();
        for (var round = 1; ; round++)
        {
            var plan = PlanOf(pass);
            var runner = new PassRunner(plan, SameIn(pass), _workers);
            var findings = runner.Find(Splitter.Splittable(pass, plan.Tables, _offered), progress: null);
            var pairs = findings.Pairs.All().OrderBy(pair => pair.First).ToList();
            pairs.ForEach(pair => CloseMatched([pair.First], [pair.Second]));
            if (!Extend(_splitter.Split(plan, pairs)) || round == pass.Partial)
            {
                whole.Add(findings);
                Keep(pass, runner, whole, found => _matches.Append(PlanOf(pass), found, (_, _) => { }));
                _options.Progress?.Invoke(pass.Index, 1);
                return;
            }

            whole.AddRound(findings);
        }
    }

    // Appends what is left of records as rows; false where there is none.
    bool Extend(IReadOnlyList<Residual>[] left)
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

    void Keep(PassSpec pass, PassFinder finder, PassFindings findings, Func<PassFindings, int[]> append)
    {
        var before = _matches.Count;
        var records = append(findings);
        _statistics.Add(new PassStatistics(
            pass.Index, findings.Candidates, findings.Fitting, _matches.Count - before, records, findings.Capped.Count, findings.Alternatives));
        PassFindings.AddFirst(_unrated, findings.Unrated);
        if (findings.Ambiguous[0].Count > 0 || findings.Capped.Count > 0)
        {
            _undecided.Add((pass.Index, finder, findings));
            Hold(pass, findings);
        }
    }

    // With the tables of now: partial passes add rows to them.
    PassPlan PlanOf(PassSpec pass) => new(pass, [.. _tables], _readers, _options.Rules, _options.HashSeed)
    {
        FewTexts = _options.Cut.FewTexts,
    };

    Interchangeable[] SameIn(PassSpec pass) =>
        [.. _tables.Select(table => new Interchangeable(_pack, _leg, table, pass, _options.HashSeed))];

    /// <summary>What was found; called once, after the last pass of the pack.</summary>
    public LegMatches Build()
    {
        var ambiguous = ListAmbiguous();
        return _matches.Build(_leg, [.. _ofOneSource, .. ambiguous], _statistics, _takenBy, ListPartials(), _splitter.Made(_tables), _unrated);
    }

    void CloseHereAndInside(int side, ReadOnlySpan<int> rows, PassSpec pass)
    {
        CloseMatched(side, rows);
        foreach (var leg in Inner)
        {
            var inner = leg.Leg.SideOf(_leg.Names[side]);
            foreach (var row in inner >= 0 ? rows : [])
            {
                if (leg.IsOpen(inner, row))
                {
                    leg.TakeElsewhere(inner, row, pass.Index);
                }
            }
        }
    }

    void CloseMatched(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        CloseMatched(0, first);
        CloseMatched(1, second);
    }

    void CloseMatched(int side, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            Close(side, row);
        }
    }

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

            foreach (var capped in findings.Capped)
            {
                Array.ForEach(capped.Rows[side], row => _offered.Close(side, row));
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
        foreach (var (pass, finder, findings) in _undecided)
        {
            var capped = findings.Capped.Select(rows => Capped(pass, rows)).ToList();
            var listed = findings.Ambiguous[0].Count == 0 ? new PassFindings() : finder.List(StillOpen(findings.Ambiguous));
            var found = listed.Components
                .Concat(capped.Concat(listed.Capped.Select(rows => Capped(pass, rows))).OfType<AmbiguousComponent>())
                .OrderBy(component => component.Rows[0][0]).ToList();
            foreach (var component in found)
            {
                CloseAll(component.Rows);
            }

            components.AddRange(found);
        }

        return components;
    }

    // What is left may be all but one record of an event; the first pass that finds a record so tells it.
    List<PartialMatch> ListPartials()
    {
        var partials = new List<PartialMatch>();
        foreach (var finder in _several)
        {
            var found = finder.Partials(_open);
            foreach (var partial in found)
            {
                CloseAll([.. partial.Rows.Select(row => row < 0 ? Array.Empty<int>() : [row])]);
            }

            partials.AddRange(found);
        }

        return partials;
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

    // What later passes left of capped rows; nothing where a side is used up.
    AmbiguousComponent? Capped(int pass, CappedRows capped)
    {
        int[][] rows = [.. capped.Rows.Select((own, side) => Array.FindAll(own, row => _open.IsOpen(side, row)))];
        return rows.Any(own => own.Length == 0)
            ? null
            : new AmbiguousComponent(pass, rows, [], EdgeCount: 0, IsCapped: true) { Cap = capped.Cause };
    }

    void CloseAll(IReadOnlyList<IReadOnlyList<int>> rows)
    {
        for (var side = 0; side < rows.Count; side++)
        {
            foreach (var row in rows[side])
            {
                _open.Close(side, row);
            }
        }
    }
}
