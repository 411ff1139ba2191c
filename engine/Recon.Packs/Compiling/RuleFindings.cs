// What was found in the rules of a pack by one look at them.
using Microsoft.CodeAnalysis.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;

namespace Recon.Packs.Compiling;

/// <summary>Findings with the rule that each is about, in no order until they are <see cref="Sorted"/>.</summary>
sealed class RuleFindings
{
    const int MaxDiagnostics = 100;

    readonly List<(RuleRef Rule, Diagnostic Diagnostic)> _found = [];

    // Rules that mean nothing to the compiler: what is legal and yet wrong in them can wait.
    readonly HashSet<RuleRef> _unbound = [];

    public bool Any => _found.Count > 0;

    public void Report(RuleRef rule, TextSpan span, Said said)
    {
        var place = RuleText.PlaceOf(rule, span);
        _found.Add((rule, new Diagnostic(said.Code, Severity.Error, place, said.Message, said.Hint)
        {
            Fix = said.Instead is { } text && !rule.Text.AsSpan(span.Start, span.Length).Contains('\n') ? new Edit(place, text)
                : OfferedEdits.Nearest(place, said.Message, unknown: null),
        }));
    }

    /// <summary>What is left of the rule is looked at, but what it means as a whole is not known.</summary>
    public void Refuse(RuleRef rule, TextSpan span, Said said)
    {
        MeansNothing(rule);
        Report(rule, span, said);
    }

    public void MeansNothing(RuleRef rule) => _unbound.Add(rule);

    /// <summary>Of each rule in which something was found, what the other look has to say; what was found, where that says nothing.</summary>
    public RuleFindings InTheWordsOf(RuleFindings other)
    {
        var rules = _found.Select(found => found.Rule).ToHashSet();
        var said = other._found.Where(found => rules.Contains(found.Rule)).ToList();
        var explained = said.Select(found => found.Rule).ToHashSet();
        var words = new RuleFindings();
        words._found.AddRange([.. said, .. _found.Where(found => !explained.Contains(found.Rule))]);
        words._unbound.UnionWith(other._unbound);
        words._unbound.UnionWith(_unbound.Except(explained));
        return words;
    }

    public RuleFindings And(RuleFindings other)
    {
        var both = new RuleFindings();
        both._found.AddRange([.. _found, .. other._found]);
        both._unbound.UnionWith([.. _unbound, .. other._unbound]);
        return both;
    }

    /// <summary>One finding a place: that of the lower code, which is nearer to the cause.</summary>
    public List<Diagnostic> Sorted() =>
    [
        .. _found.Where(found => !RuleMessages.IsLegalYetWrong(found.Diagnostic.Code) || !_unbound.Contains(found.Rule))
            .Select(found => found.Diagnostic)
            .OrderBy(found => found.Place.File, StringComparer.Ordinal)
            .ThenBy(found => found.Place.Line)
            .ThenBy(found => found.Place.Column)
            .ThenBy(found => found.Code, StringComparer.Ordinal)
            .ThenBy(found => found.Message, StringComparer.Ordinal)
            .DistinctBy(found => found.Place)
            .Take(MaxDiagnostics),
    ];
}
