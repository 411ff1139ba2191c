// What somebody reviewed before it is done: the run is that one, or it is not recorded.
using System.Text.Json;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs;

/// <summary>A plan of a run as <c>recon plan --out json=</c> wrote it.</summary>
/// <param name="Key">Of the run: pack, inputs, opening state and all else that decides.</param>
/// <param name="Postings">Each as one line of all that people see of it, sorted.</param>
public sealed record ReviewedPlan(string Pack, DateOnly BusinessDate, string Key, string PackHash, IReadOnlyList<string> Postings)
{
    const int LinesShown = 5;

    /// <param name="place">The file, for messages.</param>
    /// <exception cref="ReconException">It is no plan of a run.</exception>
    public static ReviewedPlan Read(ReadOnlyMemory<byte> json, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("plan", out _))
            {
                throw new ReconException(
                    $"{place}: this compares two versions of rules; what a run posts is planned without --base: recon plan PACK --out json=plan.json",
                    FaultKind.InputWrong);
            }

            return Of(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ReconException($"{place}: this is no plan of a run ({fault.Message}); recon plan PACK --out json=plan.json writes one",
                FaultKind.InputWrong, inner: fault);
        }
    }

    /// <exception cref="ReconException"><see cref="FaultKind.Unverified"/>: something that decides is not what was reviewed.</exception>
    public void DemandKey(string key, string packHash)
    {
        if (key != Key)
        {
            throw new ReconException(
                packHash != PackHash
                    ? $"the rules of {Pack} are not those that were reviewed; plan again, and let it be reviewed"
                    : $"the inputs of {Pack} {ResultDocument.Iso(BusinessDate)}, or what it begins from (open items, decisions of people, calendars, rates, "
                        + "accounts), are not those that were reviewed; plan again, and let it be reviewed",
                FaultKind.Unverified);
        }
    }

    /// <exception cref="ReconException"><see cref="FaultKind.Unverified"/>: a posting more, a posting less, or another one.</exception>
    public void DemandPostings(IReadOnlyList<Posting> postings)
    {
        var now = LinesOf(postings);
        string[] differ =
        [
            .. Postings.Except(now).Select(line => $"reviewed, and not now: {line}"),
            .. now.Except(Postings).Select(line => $"now, and not reviewed: {line}"),
        ];
        if (differ.Length > 0)
        {
            throw new ReconException(
                $"what would be posted is not what was reviewed, though rules and inputs are: {string.Join("; ", differ.Take(LinesShown))}"
                    + (differ.Length > LinesShown ? $" and {differ.Length - LinesShown} more" : ""),
                FaultKind.Unverified);
        }
    }

    static ReviewedPlan Of(JsonElement root)
    {
        var run = root.GetProperty("run");
        return new ReviewedPlan(
            Text(run, "pack"), DateOnly.ParseExact(Text(run, "business_date"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            Text(run, "key"), Text(run, "pack_hash"),
            [.. root.GetProperty("posts").EnumerateArray().Select(LineOf).Order(StringComparer.Ordinal)]);
    }

    static string LineOf(JsonElement post) => string.Join(' ',
        ((string[])["key", "to", "debit", "credit", "amount", "tier", "state"]).Select(member => Text(post, member)));

    static string Text(JsonElement parent, string member) => parent.GetProperty(member).GetString() ?? throw new FormatException($"{member} is null");

    static string[] LinesOf(IReadOnlyList<Posting> postings) =>
    [
        .. postings.Select(post => string.Join(' ',
            post.Key, post.To, post.Debit, post.Credit, post.Amount, ResultDocument.Word(post.Tier), ResultDocument.Word(post.State)))
            .Order(StringComparer.Ordinal),
    ];
}
