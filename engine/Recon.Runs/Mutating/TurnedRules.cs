// Compiled rules of which one answers otherwise.
using Recon.Model.Rules;

namespace Recon.Runs.Mutating;

/// <summary>The rule of this path says no where it said yes; a pass without a condition gets one that never holds.</summary>
sealed class TurnedRules(ICompiledRules rules, string path) : ICompiledRules
{
    /// <summary>The path of a condition that no pack has.</summary>
    public const string Never = "mutant.never";

    public RuleCosts Costs => rules.Costs;

    public RecordPredicate Record(RuleRef rule) => rule.Path == Never ? static (_, _, results) => results.Clear()
        : rule.Path != path ? rules.Record(rule)
        : (table, rows, results) =>
        {
            rules.Record(rule)(table, rows, results);
            Turn(results);
        };

    public PairPredicate Pair(RuleRef rule) => rule.Path == Never ? static (_, _, _, _, results) => results.Clear()
        : rule.Path != path ? rules.Pair(rule)
        : (left, right, leftRows, rightRows, results) =>
        {
            rules.Pair(rule)(left, right, leftRows, rightRows, results);
            Turn(results);
        };

    public GroupPredicate Group(RuleRef rule) => rule.Path == Never ? static (_, _, _, _) => false
        : rule.Path != path ? rules.Group(rule)
        : (oneTable, one, manyTable, many) => !rules.Group(rule)(oneTable, one, manyTable, many);

    public GroupsPredicate Groups(RuleRef rule) => rule.Path == Never ? static (_, _, _, _) => false
        : rule.Path != path ? rules.Groups(rule)
        : (left, leftRows, right, rightRows) => !rules.Groups(rule)(left, leftRows, right, rightRows);

    public SeveralPredicate Several(RuleRef rule) => rule.Path == Never ? static (_, _, results) => results.Clear()
        : rule.Path != path ? rules.Several(rule)
        : (tables, rows, results) =>
        {
            rules.Several(rule)(tables, rows, results);
            Turn(results);
        };

    public FieldDerivation Derivation(RuleRef rule) => rules.Derivation(rule);

    static void Turn(Span<bool> results)
    {
        foreach (ref var result in results)
        {
            result = !result;
        }
    }
}
