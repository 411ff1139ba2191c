// What is signed for a period, as sections.
using System.Globalization;
using Recon.Model.Acts;
using Recon.Runs.Results;
using Recon.Runs.SigningOff;

namespace Recon.Reports.Sections;

public static class SignOffSections
{
    /// <param name="signatures">Under just this, in their order.</param>
    public static IReadOnlyList<Section> Of(SignOffStatement statement, IReadOnlyList<Act> signatures) =>
    [
        Facts(statement, signatures), Open(statement), .. statement.Proofs.Select(Of),
    ];

    static Section Facts(SignOffStatement statement, IReadOnlyList<Act> signatures) => new($"{statement.PackId}, {statement.Period}", [new(""), new("")],
    [
        ["runs", string.Join(", ", statement.OfPeriod.OrderBy(run => run.BusinessDate).Select(run => $"{ResultDocument.Iso(run.BusinessDate)} ({run.Id})"))],
        ["open items", Text(statement.Open.Sum(line => line.Count))],
        ["balances", statement.Proofs.Count == 0 ? "no source gives statements with balances"
            : statement.Proofs.All(proof => proof.Objection is null) ? "proved" : "not proved"],
        ["hash", statement.Hash],
        .. statement.Objection is { } objection ? [["cannot be signed", objection]] : Array.Empty<string[]>(),
        ["prepared by", Signed(signatures, ActKind.Prepare)],
        ["reviewed by", Signed(signatures, ActKind.Certify)],
    ], "");

    static string Signed(IReadOnlyList<Act> signatures, ActKind kind) =>
        signatures.FirstOrDefault(act => act.Kind == kind) is { } act ? $"{act.By}, {act.Day}" : "nobody yet";

    static Section Open(SignOffStatement statement) => new(
        "Open items, by class and age",
        [new("status"), new("class"), new("days", IsWhole: true), new("items", true), new("net", true)],
        [.. statement.Open.Select(line => (IReadOnlyList<string>)
        [
            ResultDocument.Word(line.Status), line.Class, line.Age, Text(line.Count), MoneySums.Text(line.Net),
        ])],
        "Nothing is open.");

    static Section Of(BalanceProof proof) => new(
        $"Proof of balance: {proof.Ours} against {proof.Theirs}, {proof.Currency}",
        [new(""), new("items", true), new("amount", true)],
        [
            [$"our balance of {proof.Ours}", "", proof.OurBalance?.ToString() ?? "not given"],
            .. proof.Explained.Select(line => (IReadOnlyList<string>)[line.Why, Text(line.Count), line.Amount.ToString()]),
            .. proof.Unexplained is { IsZero: false } left ? [["not explained", "", left.ToString()]] : Array.Empty<IReadOnlyList<string>>(),
            [$"their balance, {Days(proof.AsOf)}", "", proof.TheirBalance.ToString()],
        ],
        "");

    static string Days((DateOnly From, DateOnly To) days) =>
        days.From == days.To ? ResultDocument.Iso(days.To) : $"{ResultDocument.Iso(days.From)} to {ResultDocument.Iso(days.To)}";

    static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
