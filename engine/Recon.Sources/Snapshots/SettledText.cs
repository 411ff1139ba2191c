// What a date begins from besides open items, as JSON: fingerprints of settled records and the last balances.
using System.Globalization;
using System.Text.Json;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Sources.Snapshots;

/// <param name="Hash">Of the state.</param>
/// <param name="Settled">Source → pairs of the id and the content of each record, 32 hex digits each, in the order of ids.</param>
sealed record SettledText(
    string Hash, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Settled, IReadOnlyList<SettledText.ClosingText> Balances)
{
    const int Digits = 32;

    static readonly JsonSerializerOptions Strict = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    internal sealed record ClosingText(string Source, string Account, string Number, string Amount, DateOnly Date);

    public static SettledText Of(OpeningState opening) => new(
        opening.Hash,
        [
            .. opening.Settled.Select(records => KeyValuePair.Create<string, IReadOnlyList<string>>(
                records.Source, [.. records.Ids.Zip(records.Contents, (id, content) => Hex(id) + Hex(content))])),
        ],
        [
            .. opening.Closings.Select(closing => new ClosingText(
                closing.Source, closing.Account, closing.Number, closing.Closing.Amount.ToString(), closing.Closing.Date)),
        ]);

    /// <exception cref="ReconException">It is not what <see cref="Of"/> gives.</exception>
    public static SettledText Read(ReadOnlySpan<byte> json, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<SettledText>(json, Strict) is { } text && text.Settled.All(IsWhole) && text.Balances.All(each => each is not null)
                ? text
                : throw new JsonException($"each source has its fingerprints, of {2 * Digits} hex digits each");
        }
        catch (JsonException fault)
        {
            throw new ReconException($"{place}: {fault.Message}", FaultKind.InputWrong, inner: fault);
        }
    }

    static bool IsWhole(KeyValuePair<string, IReadOnlyList<string>> records) =>
        records is { Key: not null, Value: not null } && records.Value.All(pair => pair?.Length == 2 * Digits);

    public IReadOnlyList<SettledRecords> Records() =>
    [
        .. Settled.Select(records => new SettledRecords(
            records.Key, [.. records.Value.Select(pair => Number(pair[..Digits]))], [.. records.Value.Select(pair => Number(pair[Digits..]))])),
    ];

    public IReadOnlyList<StatementClosing> Closings() =>
    [
        .. Balances.Select(closing => new StatementClosing(closing.Source, closing.Account, closing.Number, new Balance(
            Money.TryParse(closing.Amount, out var amount) ? amount : throw new ReconException(
                $"'{closing.Amount}' in a snapshot is no amount", FaultKind.InputWrong), closing.Date))),
    ];

    static string Hex(UInt128 number) => number.ToString("x32", CultureInfo.InvariantCulture);

    static UInt128 Number(string hex) => UInt128.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ReconException($"'{hex}' in a snapshot is no fingerprint", FaultKind.InputWrong);
}
