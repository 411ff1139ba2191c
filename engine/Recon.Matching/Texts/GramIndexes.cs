// Finds texts that contain a text, or are contained in it, by runs of up to three characters.
namespace Recon.Matching.Texts;

/// <summary>Runs of characters packed into one number, with their length.</summary>
static class Grams
{
    public const int Longest = 3;

    /// <summary>Every run of that length in the text; equal runs come again.</summary>
    public static IEnumerable<ulong> Of(string text, int length)
    {
        for (var i = 0; i + length <= text.Length; i++)
        {
            ulong gram = 0;
            for (var j = i; j < i + length; j++)
            {
                gram = (gram << 16) | text[j];
            }

            yield return gram | ((ulong)length << 48);
        }
    }

    public static int LengthFor(string part) => Math.Min(part.Length, Longest);

    public static void Add(Dictionary<ulong, List<int>> postings, ulong gram, int text)
    {
        if (!postings.TryGetValue(gram, out var list))
        {
            postings.Add(gram, list = []);
        }

        if (list.Count == 0 || list[^1] != text)
        {
            list.Add(text);
        }
    }
}

/// <summary>Texts that may contain a part: those that have the rarest of its runs.</summary>
sealed class WholeIndex(IReadOnlyList<TextValue> texts) : TextIndex
{
    readonly Dictionary<ulong, List<int>>?[] _byLength = new Dictionary<ulong, List<int>>?[Grams.Longest + 1];

    public override void Find(TextValue text, List<int> found)
    {
        if (text.Text.Length == 0)
        {
            return;
        }

        var length = Grams.LengthFor(text.Text);
        var postings = _byLength[length] ??= Postings(length);
        List<int>? rarest = null;
        foreach (var gram in Grams.Of(text.Text, length))
        {
            if (!postings.TryGetValue(gram, out var list))
            {
                return;
            }

            rarest = rarest is null || list.Count < rarest.Count ? list : rarest;
        }

        found.AddRange(rarest!);
    }

    Dictionary<ulong, List<int>> Postings(int length)
    {
        var postings = new Dictionary<ulong, List<int>>();
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var gram in Grams.Of(texts[i].Text, length))
            {
                Grams.Add(postings, gram, i);
            }
        }

        return postings;
    }
}

/// <summary>Parts that a text may contain: each stands under the rarest of its runs alone.</summary>
sealed class PartIndex : TextIndex
{
    readonly Dictionary<ulong, List<int>> _byRarest = [];

    public PartIndex(IReadOnlyList<TextValue> texts)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var gram in texts.SelectMany(text => GramsOf(text.Text)))
        {
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Text.Length > 0)
            {
                Grams.Add(_byRarest, GramsOf(texts[i].Text).MinBy(gram => (counts[gram], gram)), i);
            }
        }
    }

    public override void Find(TextValue text, List<int> found)
    {
        for (var length = 1; length <= Grams.Longest; length++)
        {
            foreach (var gram in Grams.Of(text.Text, length))
            {
                if (_byRarest.TryGetValue(gram, out var parts))
                {
                    found.AddRange(parts);
                }
            }
        }
    }

    static IEnumerable<ulong> GramsOf(string text) => Grams.Of(text, Grams.LengthFor(text));
}
