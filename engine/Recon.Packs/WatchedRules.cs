// Rules that say that they are asked, for whoever watches the process.
using Recon.Model.Rules;

namespace Recon.Packs;

static class WatchedRules
{
    const string Asking = "asking";

    public static RecordPredicate Of(RecordPredicate inner, RuleRef rule) => (table, rows, results) =>
    {
        RuleAtWork.Say(Asking, rule);
        inner(table, rows, results);
    };

    public static PairPredicate Of(PairPredicate inner, RuleRef rule) => (left, right, leftRows, rightRows, results) =>
    {
        RuleAtWork.Say(Asking, rule);
        inner(left, right, leftRows, rightRows, results);
    };

    public static GroupPredicate Of(GroupPredicate inner, RuleRef rule) => (oneTable, one, manyTable, many) =>
    {
        RuleAtWork.Say(Asking, rule);
        return inner(oneTable, one, manyTable, many);
    };

    public static GroupsPredicate Of(GroupsPredicate inner, RuleRef rule) => (left, leftRows, right, rightRows) =>
    {
        RuleAtWork.Say(Asking, rule);
        return inner(left, leftRows, right, rightRows);
    };

    public static SeveralPredicate Of(SeveralPredicate inner, RuleRef rule) => (tables, rows, results) =>
    {
        RuleAtWork.Say(Asking, rule);
        inner(tables, rows, results);
    };

    public static FieldDerivation Of(FieldDerivation inner, RuleRef rule) => (table, target) =>
    {
        RuleAtWork.Say(Asking, rule);
        inner(table, target);
    };
}
