// Texts that many rows share, each written once and named by its number.
namespace Recon.Runs.Results;

/// <summary>Numbers texts in the order in which they are first asked for; 0 stands for null.</summary>
sealed class TextPool : IDisposable
{
    readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);
    readonly EvidenceBuffer _texts = new(1 << 12);

    public void Dispose() => _texts.Dispose();

    public uint NumberOf(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        if (!_numbers.TryGetValue(text, out var number))
        {
            number = (uint)_numbers.Count + 1;
            _numbers.Add(text, number);
            _texts.Text(text);
        }

        return number;
    }

    /// <summary>Their number, then the texts; <see cref="PooledTexts"/> takes them again.</summary>
    public void Write(EvidenceBuffer target) => target.Number((uint)_numbers.Count).Bytes(_texts.Written);

    /// <summary>How many there are, then the number of each.</summary>
    public void WriteNames(EvidenceBuffer target, IReadOnlyList<string> names)
    {
        target.Number((uint)names.Count);
        foreach (var name in names)
        {
            target.Number(NumberOf(name));
        }
    }
}

/// <summary>The texts of a pool by number, null first.</summary>
sealed class PooledTexts(string?[] texts)
{
    public static PooledTexts Read(ref EvidenceCursor cursor) => new([null, .. cursor.Names()]);

    public string Text(ref EvidenceCursor cursor) =>
        TextOrNull(ref cursor) ?? throw EvidenceCursor.Damaged("a text is missing");

    public string? TextOrNull(ref EvidenceCursor cursor) => texts[cursor.Count(texts.Length - 1)];

    /// <summary>What <see cref="TextPool.WriteNames"/> wrote; <paramref name="previous"/> itself where they are the same.</summary>
    public string[] Names(ref EvidenceCursor cursor, string[] previous)
    {
        var names = new string[cursor.Count(cursor.Rest.Length)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Text(ref cursor);
        }

        return previous.AsSpan().SequenceEqual(names) ? previous : names;
    }
}
