// The passes that are tried, from the surest to the weakest.
namespace Recon.Cli.Proposing;

/// <param name="Why">What it means, for whoever reads the pack.</param>
/// <param name="Lines">Its keys behind <c>id</c>.</param>
/// <param name="MayDiffer">True where its matches may have a difference, so that a class has to name them.</param>
sealed record ProposedPass(string Id, string Why, IReadOnlyList<string> Lines, bool MayDiffer = false)
{
    public static IReadOnlyList<ProposedPass> Of(ProposedSource left, ProposedSource right, Pairing pairing)
    {
        (string Left, string Right)? amounts = pairing.Amounts is { } pair
            ? ($"{left.Name}.{pair.Left.Name}", $"{right.Name}.{ComparedName(pairing)}") : null;
        List<ProposedPass?> all =
        [
            References(left, right, pairing) is not { } exact ? null : new(
                "by-reference", amounts is null ? "the same reference" : "the same reference and the same amount",
                [$"join: {left.Name} 1:1 {right.Name}", exact, .. Within(amounts, "0"), "tie: ask"]),
            pairing.Tolerance is not { } tolerance || References(left, right, pairing) is not { } near ? null : new(
                "by-reference-near", $"the same reference, and an amount that is off by up to {tolerance} {left.Currencies[0]}",
                [$"join: {left.Name} 1:1 {right.Name}", near, .. Within(amounts, $"{tolerance} {left.Currencies[0]}"), "tie: ask"], MayDiffer: true),
            Total(left, right, pairing, amounts, "1:n"),
            Total(left, right, pairing, amounts, "n:1"),
            ByDay(left, right, pairing),
        ];
        return [.. all.OfType<ProposedPass>()];
    }

    /// <summary>The field of the right side that is compared with the left amount: turned, where its plus is our minus.</summary>
    public static string ComparedName(Pairing pairing) => pairing.IsTurned ? $"our_{pairing.Amounts!.Value.Right.Name}" : pairing.Amounts!.Value.Right.Name;

    /// <summary>The field of the right side with the reference of the left one.</summary>
    public static string ReferenceName(FacingTexts facing) => facing.Pattern is null ? facing.Right.Name : $"{facing.Left.Name}_found";

    static string? References(ProposedSource left, ProposedSource right, Pairing pairing) => pairing.References is { } facing
        ? KeyOf(left, facing.Left.Name, right, ReferenceName(facing)) : null;

    static string KeyOf(ProposedSource left, string one, ProposedSource right, string other) =>
        one == other ? $"key: {one}" : $"key: {{ {left.Name}: {one}, {right.Name}: {other} }}";

    static IEnumerable<string> Within((string Left, string Right)? amounts, string bound) =>
        amounts is { } pair ? [$"within: {{ {pair.Left} ~ {pair.Right}: {bound} }}"] : [];

    static ProposedPass? Total(ProposedSource left, ProposedSource right, Pairing pairing, (string Left, string Right)? amounts, string shape)
    {
        if (amounts is not { } pair || References(left, right, pairing) is not { } key)
        {
            return null;
        }

        var isSplit = shape == "1:n";
        return new ProposedPass(
            isSplit ? "in-parts" : "collected",
            isSplit ? $"one of {left.Name} came in several parts that add up to it" : $"several of {left.Name} came in one sum",
            [
                $"join: {left.Name} {shape} {right.Name}", key,
                isSplit ? $"within: {{ {pair.Left} ~ sum({pair.Right}): 0 }}" : $"within: {{ sum({pair.Left}) ~ {pair.Right}: 0 }}",
            ]);
    }

    static ProposedPass? ByDay(ProposedSource left, ProposedSource right, Pairing pairing) =>
        pairing is not { Amounts: { } amounts, Days: { } days } ? null : new(
            "by-amount-and-day", $"no reference tells, but the amount is the same and the days are at most {pairing.LagDays} apart",
            [
                $"join: {left.Name} 1:1 {right.Name}",
                KeyOf(left, amounts.Left.Name, right, ComparedName(pairing)),
                $"within: {{ {left.Name}.{days.Left.Name} ~ {right.Name}.{days.Right.Name}: {pairing.LagDays}d }}",
                "tie: ask",
            ]);
}
