// Binds `posted` of a test: what the pack has posted before its day.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary><c>posted: [ { key: K1, rule: rounding, amount: 0.02 EUR, date: 2026-02-26 } ]</c>; the rule says to which books and accounts.</summary>
sealed class TestPostings(PackScope scope, IReadOnlyList<ResolutionSpec> resolutions)
{
    public static readonly (string, OwnPostingState)[] States =
    [
        ("queued", OwnPostingState.Awaited), ("sent", OwnPostingState.Awaited), ("acknowledged", OwnPostingState.Awaited),
        ("failed", OwnPostingState.NotAwaited), ("proposed", OwnPostingState.NotAwaited), ("escalated", OwnPostingState.NotAwaited),
        ("withdrawn", OwnPostingState.Withdrawn),
    ];

    public IReadOnlyList<OwnPosting> Bind(Keys test)
    {
        var postings = new List<OwnPosting>();
        foreach (var map in PassBinder.Entries(test, "posted", scope.Report))
        {
            var keys = new Keys(map, map.Place, TestShapes.Posted, scope.Report);
            if (PostingOf(keys) is { } posting && Unused(posting, postings, keys))
            {
                postings.Add(posting);
            }
        }

        return postings;
    }

    OwnPosting? PostingOf(Keys keys)
    {
        var key = keys.NeedScalar("key", "what stands in posting_key of its row");
        var amount = scope.Money(keys.NeedScalar("amount", "0.02 EUR"));
        var date = keys.NeedScalar("date", "the business date of the run that posted it") is { } day
            && scope.Value(day, FieldKind.Date) is { } text && Literals.TryDate(text, out var parsed) ? parsed : (DateOnly?)null;
        var state = Words.Choose(keys, "state", States, OwnPostingState.Awaited, scope.Report);
        return keys.NeedScalar("rule", "the 'for' of its resolution") is { } rule && PostOf(rule) is { } post
            && key is not null && amount is { } money && date is { } since
            ? new OwnPosting(
                key.Text, rule.Text, post.To,
                money.Number.Sign < 0 ? post.Credit : post.Debit, money.Number.Sign < 0 ? post.Debit : post.Credit, money.Abs(), state, since)
            : null;
    }

    PostSpec? PostOf(ScalarNode rule)
    {
        var known = resolutions.Where(resolution => resolution.Post is not null).ToList();
        var found = known.Find(resolution => resolution.For == rule.Text)?.Post;
        if (found is null && !scope.Report.HasErrors)
        {
            var names = known.ConvertAll(resolution => resolution.For);
            scope.Report.Add(Findings.BadWord, rule.Place, NearestName.Hint(rule.Text, names), rule.Text, string.Join(", ", names));
        }

        return found;
    }

    bool Unused(OwnPosting posting, List<OwnPosting> postings, Keys keys)
    {
        if (postings.TrueForAll(other => other.Key != posting.Key))
        {
            return true;
        }

        scope.Report.Add(Findings.DuplicateName, keys.PlaceOf("key"), "a key is of one posting", "posted", posting.Key);
        return false;
    }
}
