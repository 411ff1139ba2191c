// Which columns of two sources face each other, and how far apart what belongs together is.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model.Rules;
using Recon.Sources.Profiling;

namespace Recon.Cli.Proposing;

/// <param name="Pattern">Where the right text only contains the left one: the pattern that cuts it out; else null.</param>
sealed record FacingTexts(ProposedField Left, ProposedField Right, string? Pattern);

/// <summary>What the values of two sources say about passes.</summary>
/// <param name="References">Columns that name one event on both sides; null where none does.</param>
/// <param name="Amounts">Null where a side has no money.</param>
/// <param name="IsTurned">True where one side's plus is the other's minus.</param>
/// <param name="Tolerance">Of amounts under one reference, as <c>0.05</c>; null where none differ, or differ by too much.</param>
/// <param name="LagDays">So far apart are the days of most pairs.</param>
sealed record Pairing(
    FacingTexts? References,
    (ProposedField Left, ProposedField Right)? Amounts,
    bool IsTurned,
    (ProposedField Left, ProposedField Right)? Days,
    string? Tolerance,
    int LagDays)
{
    const double LeastOverlap = 0.2;
    const int MostLagDays = 10;
    const int UsualLagDays = 2;

    // Round bounds that people write.
    static readonly decimal[] Bounds = [0.01m, 0.02m, 0.05m, 0.10m, 0.50m, 1m, 2m, 5m, 10m, 25m];

    public static Pairing Of(ProposedSource left, ProposedSource right)
    {
        var references = SameTexts(left, right) ?? ContainedTexts(left, right);
        var (amounts, isTurned) = AmountsOf(left, right);
        var pairs = PairsOf(left, right, references, amounts, isTurned);
        var (days, lag) = DaysOf(left, right, pairs);
        return new Pairing(references, amounts, isTurned, days, references is null ? null : ToleranceOf(left, right, amounts, isTurned, pairs), lag);
    }

    static FacingTexts? SameTexts(ProposedSource left, ProposedSource right) => (
        from one in left.Texts
        where IsTelling(one.Column)
        from other in right.Texts
        where IsTelling(other.Column)
        let shared = one.Column.Distinct.Select(Key).Intersect(other.Column.Distinct.Select(Key), StringComparer.Ordinal).Count()
        let overlap = (double)shared / Math.Min(one.Column.Distinct.Count, other.Column.Distinct.Count)
        where overlap >= LeastOverlap
        orderby overlap * shared descending
        select new FacingTexts(one, other, null)).FirstOrDefault();

    // A key tells records apart: a column of few values is none.
    static bool IsTelling(ColumnProfile column) => !column.CountsRows && column.Distinct.Count >= Math.Max(2, column.Texts.Count(text => text is not null) / 5);

    // Invoice numbers in the notes of a statement.
    static FacingTexts? ContainedTexts(ProposedSource left, ProposedSource right) => (
        from one in left.Texts
        where IsTelling(one.Column)
        let pattern = ShapeOf(one.Column)
        where pattern is not null
        let known = one.Column.Distinct
        from other in right.Texts
        let found = other.Column.Texts.Count(text => text is not null && known.Contains(Regex.Match(text, pattern, Fn.PatternOptions).Value))
        where found >= 2 && found >= known.Count * LeastOverlap
        orderby found descending
        select new FacingTexts(one, other, pattern)).FirstOrDefault();

    // RE200101 and RE200111 are RE[0-9]{6}.
    static string? ShapeOf(ColumnProfile column)
    {
        var shapes = column.Distinct.Select(text => string.Concat(text.Select(letter => char.IsAsciiDigit(letter) ? '0' : letter))).Distinct().ToList();
        if (shapes is not [{ Length: >= 5 and <= 30 } shape] || !shape.Contains('0', StringComparison.Ordinal))
        {
            return null;
        }

        var pattern = Regex.Escape(shape);
        return Regex.Replace(pattern, "0+", digits => $"[0-9]{{{digits.Length}}}");
    }

    static ((ProposedField, ProposedField)?, bool) AmountsOf(ProposedSource left, ProposedSource right)
    {
        var best = (
            from one in left.Amounts
            let known = left.AmountsOf(one).OfType<decimal>().CountBy(amount => amount).ToDictionary(entry => entry.Key, entry => entry.Value)
            from other in right.Amounts
            let amounts = right.AmountsOf(other).OfType<decimal>().ToList()
            from turned in (bool[])[false, true]
            let shared = amounts.CountBy(amount => turned ? -amount : amount).Sum(entry => Math.Min(entry.Value, known.GetValueOrDefault(entry.Key)))
            orderby shared descending, turned
            select (Pair: ((ProposedField, ProposedField)?)(one, other), turned)).FirstOrDefault();
        return (best.Pair, best.turned);
    }

    // Rows that belong together beyond doubt: one on each side under a reference, else under an amount.
    static List<(int Left, int Right)> PairsOf(
        ProposedSource left, ProposedSource right, FacingTexts? references, (ProposedField Left, ProposedField Right)? amounts, bool isTurned)
    {
        if (references is { } facing)
        {
            return Joined(facing.Left.Column.Texts.Select(KeyOrNull), facing.Right.Column.Texts.Select(text => Cut(text, facing.Pattern)));
        }

        return amounts is not { } pair ? [] : Joined(
            left.AmountsOf(pair.Left).Select(TextOf), right.AmountsOf(pair.Right).Select(amount => TextOf(isTurned ? -amount : amount)));
    }

    // 1.5 and 1.50 are one amount.
    static string? TextOf(decimal? amount) => amount?.ToString("0.############################", CultureInfo.InvariantCulture);

    static List<(int Left, int Right)> Joined(IEnumerable<string?> left, IEnumerable<string?> right)
    {
        var (ones, others) = (SingleRows(left), SingleRows(right));
        return [.. ones.Where(entry => others.ContainsKey(entry.Key)).Select(entry => (entry.Value, others[entry.Key]))];
    }

    static Dictionary<string, int> SingleRows(IEnumerable<string?> keys) => keys.Index().Where(entry => entry.Item is not null)
        .GroupBy(entry => entry.Item!, entry => entry.Index, StringComparer.Ordinal).Where(rows => rows.Count() == 1)
        .ToDictionary(rows => rows.Key, rows => rows.Single(), StringComparer.Ordinal);

    static ((ProposedField, ProposedField)?, int) DaysOf(ProposedSource left, ProposedSource right, List<(int Left, int Right)> pairs)
    {
        var best = (
            from one in left.Days
            let ours = ProposedSource.DaysOf(one)
            from other in right.Days
            let theirs = ProposedSource.DaysOf(other)
            let lags = pairs.Where(pair => ours[pair.Left] is not null && theirs[pair.Right] is not null)
                .Select(pair => Math.Abs(ours[pair.Left]!.Value.DayNumber - theirs[pair.Right]!.Value.DayNumber)).Order().ToList()
            orderby lags.Count == 0 ? int.MaxValue : lags[lags.Count / 2]
            select (Pair: ((ProposedField, ProposedField)?)(one, other), Lags: lags)).FirstOrDefault();
        var lag = best.Lags is { Count: > 0 } known ? known[Math.Min(known.Count - 1, known.Count * 95 / 100)] : UsualLagDays;
        return (best.Pair, Math.Clamp(lag, 1, MostLagDays));
    }

    static string? ToleranceOf(
        ProposedSource left, ProposedSource right, (ProposedField Left, ProposedField Right)? amounts, bool isTurned, List<(int Left, int Right)> pairs)
    {
        if (amounts is not { } pair)
        {
            return null;
        }

        var (ours, theirs) = (left.AmountsOf(pair.Left), right.AmountsOf(pair.Right));
        var differences = pairs.Where(rows => ours[rows.Left] is not null && theirs[rows.Right] is not null)
            .Select(rows => Math.Abs(ours[rows.Left]!.Value - (isTurned ? -theirs[rows.Right]!.Value : theirs[rows.Right]!.Value)))
            .Where(difference => difference > 0).ToList();
        var bound = Array.Find(Bounds, bound => differences.Count(difference => difference <= bound) * 10 >= differences.Count * 6);
        return differences.Count == 0 || bound == 0 ? null : bound.ToString("0.00", CultureInfo.InvariantCulture);
    }

    static string? Cut(string? text, string? pattern) => text is null ? null : pattern is null ? Key(text)
        : Regex.Match(text, pattern, Fn.PatternOptions) is { Success: true } match ? Key(match.Value) : null;

    static string? KeyOrNull(string? text) => text is null ? null : Key(text);

    // As [trim, upper] cleans it.
    static string Key(string text) => text.Trim().ToUpperInvariant();
}
