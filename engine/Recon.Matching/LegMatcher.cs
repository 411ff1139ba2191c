// Runs the passes of one leg, each over what the earlier ones left open, and keeps what they found.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Matching.Reading;
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
    readonly int[]?[] _takenBy;
    readonly List<PassStatistics> _statistics = [];
    readonly List<(int Pass, PassRunner Runner, PassFindings Findings)> _undecided = [];

    public LegMatcher(
        Pack pack, LegSpec leg, RecordTable[] tables, bool[]?[] settled, MatchOptions options,
        ReaderFactory readers, Workers workers)
    {
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

    /// <summary>Notes what a pass did that takes records in its own way.</summary>
    public void Note(PassStatistics statistics) => _statistics.Add(statistics);

    public void Run(PassSpec pass)
    {
        var plan = new PassPlan(pass, _tables, _readers, _options.Rules, _options.HashSeed)
        {
            FewTexts = _options.Cut.FewTexts,
        };
        Interchangeable[] same = [.. _tables.Select(table => new Interchangeable(_pack, _leg, table, pass, _options.HashSeed))];
        var runner = new PassRunner(plan, same, _workers);
        var progress = _options.Progress;
        var findings = runner.Find(_offered, progress is null ? null : share => progress(pass.Index, share));
        var before = _matches.Count;
        var records = _matches.Append(plan, findings, Close);
        _statistics.Add(new PassStatistics(
            pass.Index, findings.Candidates, findings.Fitting, _matches.Count - before, records, findings.Capped.Count, findings.Alternatives));
        if (findings.Ambiguous[0].Count > 0 || findings.Capped.Count > 0)
        {
            _undecided.Add((pass.Index, runner, findings));
            Hold(pass, findings);
        }
    }

    /// <summary>What was found; called once, after the last pass of the pack.</summary>
    public LegMatches Build() => _matches.Build(_leg, ListAmbiguous(), _statistics, _takenBy);

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
        foreach (var (pass, runner, findings) in _undecided)
        {
            var capped = findings.Capped.Select(block => Capped(pass, block)).ToList();
            var listed = findings.Ambiguous[0].Count == 0 ? new PassFindings() : runner.List(StillOpen(findings.Ambiguous));
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
