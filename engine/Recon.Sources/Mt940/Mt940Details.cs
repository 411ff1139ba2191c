// Reads the information to the account owner, :86:, in the ways that banks structure it.
namespace Recon.Sources.Mt940;

/// <summary>What the details of an entry say. NULL is what they do not say.</summary>
sealed record Mt940Details
{
    public string? Note { get; init; }

    /// <summary>The business transaction code (GVC), three digits.</summary>
    public string? Code { get; init; }

    public string? Counterparty { get; init; }

    /// <summary>The counterparty's account as the bank gives it, without blanks: an IBAN, or an older number.</summary>
    public string? CounterpartyIban { get; init; }

    public string? CounterpartyBic { get; init; }

    public string? EndToEnd { get; init; }

    public string? Mandate { get; init; }

    /// <summary>Lines of <c>:NS:</c> fields of the entry.</summary>
    public IReadOnlyList<string> NonSwift { get; init; } = [];

    /// <summary>References by name, for entries that only name them (<c>KREF+</c>, Rabobank's <c>EREF</c>).</summary>
    public IReadOnlyDictionary<string, string> References { get; init; } = new Dictionary<string, string>();

    /// <summary>The reference itself, or the one it points to.</summary>
    public string? Pointed(string? reference) =>
        reference is not null && References.TryGetValue(reference.TrimEnd('+'), out var target)
            ? target
            : reference;

    public static Mt940Details Of(List<Mt940Field> fields, Mt940Entry entry)
    {
        var texts = fields.Where(field => field.Tag == "86").Select(field => field.Lines).ToList();
        var details = (texts.Count == 0 ? null : Subfields.Of(texts) ?? SlashTags.Of(texts))
            ?? PlainDetails.Of(texts, entry);
        return details with
        {
            NonSwift = [.. fields.Where(field => field.Tag == "NS").SelectMany(field => field.Lines)
                .Select(line => line.Trim()).Where(line => line.Length > 0)],
            Counterparty = details.Counterparty ?? entry.PaddedName,
            CounterpartyIban = details.CounterpartyIban ?? Iban.Of(entry.Supplementary),
        };
    }
}
