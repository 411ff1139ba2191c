// What a decision about a record rests on: its content, as open items and settled records are known by.
using System.Globalization;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Acting;

/// <summary>The content of a record in a word: that of an open item, or that by which a settled record is known.</summary>
static class RecordContent
{
    const string OpenWord = "open";
    const string SettledWord = "settled";

    internal static string Of(CarriedItem item) => Text(OpenWord, item.Content);

    /// <summary>Null where no run of the chain settled it.</summary>
    internal static string? OfSettled(OpeningState opening, Model.RecordId record)
    {
        var wanted = SettledLookup.Fingerprint(System.Text.Encoding.UTF8.GetBytes(record.Id));
        return opening.Settled.Where(settled => settled.Source == record.Source)
            .Select(settled => (settled.Contents, Place: Array.BinarySearch(settled.Ids, wanted)))
            .Where(found => found.Place >= 0)
            .Select(found => Text(SettledWord, found.Contents[found.Place])).FirstOrDefault();
    }

    /// <summary>True where the record has this content now.</summary>
    internal static bool Is(NormalisedSource source, int row, string content) => content.StartsWith(SettledWord, StringComparison.Ordinal)
        ? source.Means(row, UInt128.Parse(content.AsSpan(SettledWord.Length + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
        : content == Text(OpenWord, source.CarriedItemOf(row, []).Content);

    static string Text(string word, UInt128 content) => $"{word} {content.ToString("x32", CultureInfo.InvariantCulture)}";
}
