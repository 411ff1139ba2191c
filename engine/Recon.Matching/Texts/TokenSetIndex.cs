// Finds texts whose sets of words may be alike enough.

namespace Recon.Matching.Texts;

/// <summary>
/// Two sets of words are alike enough where the words in common make up enough of the smaller, or where the sorted words are
/// alike as texts. For the first the rarest words of a text are enough to look up: if it shares none of them, what is left is
/// too little (prefix filter: Chaudhuri, Ganti and Kaushik 2006). For the second characters are counted.
/// </summary>
sealed class TokenSetIndex : TextIndex
{
    readonly int _threshold;
    readonly CountIndex _alike;
    readonly Dictionary<string, int> _frequency = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<int>> _byToken = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<int>> _byRareToken = new(StringComparer.Ordinal);

    public TokenSetIndex(int threshold, IReadOnlyList<TextValue> texts)
    {
        _threshold = threshold;
        _alike = new CountIndex(new SortedWordsBound(threshold), texts);
        foreach (var token in texts.SelectMany(text => text.Tokens))
        {
            _frequency[token] = _frequency.GetValueOrDefault(token) + 1;
        }

        for (var i = 0; i < texts.Count; i++)
        {
            Add(_byToken, texts[i].Tokens, i);
            Add(_byRareToken, RareTokens(texts[i].Tokens), i);
        }
    }

    public override void Find(TextValue text, List<int> found)
    {
        if (text.Tokens.Length == 0)
        {
            return;
        }

        _alike.Find(text, found);
        AddAll(_byToken, RareTokens(text.Tokens), found);
        AddAll(_byRareToken, text.Tokens, found);
    }

    static void Add(Dictionary<string, List<int>> index, IReadOnlyList<string> tokens, int text)
    {
        foreach (var token in tokens)
        {
            if (!index.TryGetValue(token, out var list))
            {
                index.Add(token, list = []);
            }

            list.Add(text);
        }
    }

    static void AddAll(Dictionary<string, List<int>> index, IReadOnlyList<string> tokens, List<int> found)
    {
        foreach (var token in tokens)
        {
            found.AddRange(index.GetValueOrDefault(token) ?? []);
        }
    }

    // The rarest words, until those left are too short to be enough of the text. A word counts with the blank behind it.
    List<string> RareTokens(string[] tokens)
    {
        var rare = new List<string>();
        if (tokens.Length == 0)
        {
            return rare;
        }

        var whole = TokenSet.Length(tokens);
        var left = whole + 1;
        foreach (var token in tokens.OrderBy(token => _frequency.GetValueOrDefault(token)).ThenBy(token => token, StringComparer.Ordinal))
        {
            if (left < 2 || Millionths.Of(left - 1, whole) < _threshold)
            {
                break;
            }

            rare.Add(token);
            left -= token.Length + 1;
        }

        return rare;
    }

    /// <summary>The sorted words of both texts, joined by blanks, within Levenshtein's bound.</summary>
    sealed class SortedWordsBound(int threshold) : CommonBound
    {
        readonly LevenshteinBound _edits = new(threshold);

        public override int LengthOf(TextValue text) => text.Tokens.Length == 0 ? 0 : TokenSet.Length(text.Tokens);

        public override CharacterCounts CountsOf(TextValue text) =>
            CharacterCounts.Of(string.Join(' ', text.Tokens));

        public override int Least(int length, int other, int prefix) =>
            length == 0 || other == 0 ? Never : _edits.Least(length, other, prefix);
    }
}
