// Binds how large the groups of a pass are and whether they are searched: `size`, `search`, `prefer`.
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class GroupBinder(PackScope scope)
{
    // As many candidates as a search can hold: two words of bits.
    const int MostCandidates = 128;

    const int MostMembers = 1_000_000;
    const int MostSteps = 1_000_000_000;
    const int MostAnswers = 100;
    const string SearchExample = "'true' or bounds such as { size: 8, candidates: 40 }";

    public static readonly (string, bool)[] Preferences = [("single", true)];

    /// <summary>The pass with what its groups may be.</summary>
    /// <param name="pass">As far as it is bound without these keys.</param>
    /// <param name="complete">False where a comparison could not be bound: nobody then asks what adds up.</param>
    public PassSpec Bind(PassSpec pass, Keys keys, bool complete)
    {
        if (!pass.IsGroup)
        {
            foreach (var key in (string[])["size", "search", "prefer"])
            {
                keys.RefuseIfPresent(key, "a 1:1 pass has no groups", "join: ledger 1:n bank, or delete it");
            }

            return pass;
        }

        if (pass.Cardinality == Cardinality.ManyToMany && pass.Tie.Kind != TieKind.Ask)
        {
            keys.RefuseIfPresent("tie", "in an n:m pass no record takes before another");
        }

        var searched = Search(keys);
        if (searched is null)
        {
            keys.RefuseIfPresent("prefer", "the pass does not search: its groups are all that meets the key", "add 'search: true', or delete it");
            return pass with { Tie = TieOf(pass), Size = Size(keys, "size", MostMembers) ?? GroupSize.Any };
        }

        keys.RefuseIfPresent("size", "the size of a searched group stands under 'search'", "search: { size: 8 }");
        CheckTotals(pass, keys, complete);
        return pass with { Tie = TieOf(pass), Size = searched.Value.Size, Search = Preferring(keys, searched.Value.Size, searched.Value.Spec) };
    }

    static TieRule TieOf(PassSpec pass) => pass.Cardinality == Cardinality.ManyToMany ? TieRule.Ask : pass.Tie;

    (GroupSize Size, SearchSpec Spec)? Search(Keys owner)
    {
        switch (owner.Find("search"))
        {
            case null:
                return null;
            case MapNode map:
                return Bounds(map, owner);
            case ScalarNode word:
                return Words.Choose(word, Words.TrueFalse, scope.Report, out var isSearched) && isSearched
                    ? (Defaults.SearchSize, Defaults.Search)
                    : null;
            case var other:
                owner.Shape<MapNode>(other, SearchExample);
                return null;
        }
    }

    (GroupSize, SearchSpec) Bounds(MapNode map, Keys owner)
    {
        var keys = new Keys(map, owner.PlaceOf("search"), PassShapes.Search, scope.Report);
        var standard = Defaults.Search;
        return (
            Size(keys, "size", MostCandidates) ?? Defaults.SearchSize,
            new SearchSpec(
                scope.Integer(keys.Scalar("candidates"), 1, MostCandidates) ?? standard.Candidates,
                scope.Integer(keys.Scalar("steps"), 1, MostSteps) ?? standard.Steps,
                scope.Integer(keys.Scalar("answers"), 1, MostAnswers) ?? standard.Answers,
                standard.PreferSingle));
    }

    // 8, or { from: 2, to: 8 }.
    GroupSize? Size(Keys owner, string key, int most)
    {
        if (owner.Find(key) is not MapNode map)
        {
            return scope.Integer(owner.Scalar(key), 1, most) is { } largest ? new GroupSize(1, largest) : null;
        }

        var keys = new Keys(map, owner.PlaceOf(key), PassShapes.Size, scope.Report);
        var from = scope.Integer(keys.Scalar("from"), 1, most) ?? 1;
        var to = scope.Integer(keys.NeedScalar("to", "the most records of a group"), 1, most);
        if (to < from)
        {
            scope.Report.Add(Findings.EmptyRange, map.Place, null, $"{from}", $"{to}");
            return null;
        }

        return to is { } end ? new GroupSize(from, end) : null;
    }

    SearchSpec Preferring(Keys keys, GroupSize size, SearchSpec search)
    {
        var isSingle = Words.Choose(keys, "prefer", Preferences, search.PreferSingle, scope.Report);
        if (isSingle && size.Fewest > 1)
        {
            keys.RefuseIfPresent("prefer", $"a group of this pass has {size.Fewest} records or more");
        }

        return search with { PreferSingle = isSingle };
    }

    void CheckTotals(PassSpec pass, Keys keys, bool complete)
    {
        if (complete && !pass.Comparisons.Any(pair => pair.Tolerance is AmountTolerance))
        {
            scope.Report.Add(
                Findings.NothingToAddUp, keys.PlaceOf("search"), "within: { ledger.amount ~ sum(bank.amount): 0 }", pass.Id);
        }
    }
}
