// Says row by row, slowly and plainly, what normalising must make of a small source.
using System.Globalization;

namespace Recon.Tests.Runs.Normalising;

/// <summary>A row as <see cref="NormalisingLawTests"/> has them: an id, an amount, a kind; <c>void</c> is left out.</summary>
sealed record PlainRow(string File, string Id, string Amount, string Kind)
{
    public string Content => $"{Id}|{Amount}|{Kind}";
}

static class NormalisingOracle
{
    const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    /// <summary>
    /// Every record as <c>id amount kind</c> with <c>new</c> or <c>carried</c>, then every other row with what became of it;
    /// sorted.
    /// </summary>
    /// <param name="open">Rows of an earlier run that are open; each id once, all readable.</param>
    /// <param name="settled">Likewise, settled; no id is in both.</param>
    public static string Fates(
        IReadOnlyList<PlainRow> read, IReadOnlyList<PlainRow> open, IReadOnlyList<PlainRow> settled)
    {
        var fates = new List<string>();
        var good = new List<PlainRow>();
        var excluded = new List<string>();
        foreach (var row in read)
        {
            if (row.Id.Length == 0)
            {
                fates.Add($"reject id {row.Content}");
            }
            else if (Number(row.Amount) is null)
            {
                fates.Add($"reject amount {row.Content}");
            }
            else if (row.Kind is "" or "void")
            {
                fates.Add("excluded");
                excluded.Add(row.Id);
            }
            else
            {
                good.Add(row);
            }
        }

        var stillOpen = open.ToDictionary(row => row.Id);
        foreach (var id in excluded.Except(good.Select(row => row.Id)))
        {
            stillOpen.Remove(id);
        }

        foreach (var group in good.GroupBy(row => row.Id))
        {
            var first = group.First();
            if (group.Any(row => row.Content != first.Content))
            {
                fates.AddRange(group.Select(row => $"reject id-conflict {row.Content}"));
                continue;
            }

            fates.AddRange(group.Skip(1).Select(_ => "known"));
            var before = settled.FirstOrDefault(row => row.Id == first.Id);
            var carried = stillOpen.GetValueOrDefault(first.Id);
            if ((before ?? carried)?.Content == first.Content)
            {
                fates.Add("known");
            }
            else if (before is not null)
            {
                fates.Add($"reject changed {first.Content}");
            }
            else
            {
                stillOpen.Remove(first.Id);
                fates.Add($"new {Record(first)}");
            }
        }

        fates.AddRange(stillOpen.Values.Select(row => $"carried {Record(row)}"));
        return string.Join('\n', fates.Order(StringComparer.Ordinal));
    }

    static string Record(PlainRow row) =>
        $"{row.Id} {Number(row.Amount)!.Value.ToString("0.####", CultureInfo.InvariantCulture)} {row.Kind}";

    static decimal? Number(string text) =>
        decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) && char.IsAsciiDigit(text[^1])
            ? number
            : null;
}
