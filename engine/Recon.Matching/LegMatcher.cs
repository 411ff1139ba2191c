// Runs the passes of one leg in order; each sees what the earlier ones left open.
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
    readonly MatchList _matches = new();
    readonly List<PassStatistics> _statistics = [];
    readonly List<(int Pass, PassRunner Runner, PassFindings Findings)> _undecided = [];

    public LegMatcher(
        Pack pack, LegSpec leg, RecordTable[] tables, bool[]?[] settled, MatchOptions options,
        ReaderFactory readers, Workers workers)
    {
        Require.That(tables.Length == 2);
        (_pack, _leg, _tables, _options, _readers, _workers) = (pack, leg, tables, options, readers, workers);
        _open = OpenRows.Of(settled[0], settled[1], tables[0].Count, tables[1].Count);
        _offered = OpenRows.Of(settled[0], settled[1], tables[0].Count, tables[1].Count);
    }

    public LegMatches Match()
    {
        foreach (var pass in _pack.Passes.Where(pass => pass.Leg.Index == _leg.Index))
        {
            Run(pass);
        }

        return _matches.Build(_leg, ListAmbiguous(), _statistics);
    }

    void Run(PassSpec pass)
    {
        var plan = new PassPlan(pass, _tables, _readers, _options.Rules, _options.HashSeed);
        Interchangeable[] same =
        [
            new(_pack, _leg, _tables[0], pass, _options.HashSeed),
            new(_pack, _leg, _tables[1], pass, _options.HashSeed),
        ];
        var runner = new PassRunner(plan, same, _workers);
        var progress = _options.Progress;
        var findings = runner.Find(_offered, progress is null ? null : share => progress(pass.Index, share));
        var before = _matches.Count;
        var (firstRecords, secondRecords) = _matches.Append(plan, findings, Close);
        _statistics.Add(new PassStatistics(
            pass.Index, findings.Candidates, findings.Fitting, _matches.Count - before, firstRecords,
                secondRecords, findings.Capped.Count));
        if (findings.Ambiguous[0].Count > 0 || findings.Capped.Count > 0)
        {
            _undecided.Add((pass.Index, runner, findings));
            Hold(pass, findings);
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
        for (var side = 0; pass.Hold && side < 2; side++)
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
                .OrderBy(component => component.FirstRows[0]).ToList();
            foreach (var component in found)
            {
                CloseAll(0, component.FirstRows);
                CloseAll(1, component.SecondRows);
            }

            components.AddRange(found);
        }

        return components;
    }

    OpenRows StillOpen(IntList[] rows)
    {
        var asked = OpenRows.None(_tables[0].Count, _tables[1].Count);
        for (var side = 0; side < 2; side++)
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
            : new AmbiguousComponent(pass, first, second, [], EdgeCount: 0, IsCapped: true);
    }

    void CloseAll(int side, IReadOnlyList<int> rows)
    {
        foreach (var row in rows)
        {
            _open.Close(side, row);
        }
    }
}
