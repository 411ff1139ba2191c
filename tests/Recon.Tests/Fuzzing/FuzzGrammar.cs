// What inputs of a format look like, read from a text: whole files, pieces to put into good ones, and what nests.
using System.Globalization;
using System.Text;

namespace Recon.Tests.Fuzzing;

/// <summary>A file under <c>tests/cases/fuzz</c>; the README there tells its language.</summary>
sealed class FuzzGrammar
{
    // 64 KiB are larger than any reader reads at once but the reader of CSV files, for which there are other inputs.
    const int MostBytes = 1 << 16;
    const int MostLevels = 24;
    const int MostTimes = 5000;
    const int OneInManyTimes = 100;

    readonly Dictionary<string, List<Part[]>> _rules = new(StringComparer.Ordinal);

    public FuzzGrammar(string text)
    {
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = line[..equals].TrimEnd();
            if (!_rules.TryGetValue(name, out var alternatives))
            {
                _rules.Add(name, alternatives = []);
            }

            alternatives.Add([.. Parts(line[(equals + 1)..].TrimStart(' '))]);
        }
    }

    public static FuzzGrammar Of(string format) =>
        new(File.ReadAllText(RepositoryRoot.Of(Path.Combine("tests", "cases", "fuzz", $"{format}.grammar"))));

    /// <summary>A drawn text of this name.</summary>
    public byte[] Make(string name, Random chance)
    {
        var made = new List<byte>();
        Write(name, chance, made, MostLevels);
        return [.. made];
    }

    /// <summary>A part within many brackets, tags or quotes of one kind.</summary>
    public byte[] Nested(ReadOnlySpan<byte> inner, int times, Random chance)
    {
        var alternatives = _rules["nest"];
        var parts = alternatives[chance.Next(alternatives.Count)];
        var middle = Array.FindIndex(parts, part => part.Name == ".");
        return
        [
            .. Enumerable.Repeat(parts[..middle], times).SelectMany(Bytes), .. inner, .. Enumerable.Repeat(parts[(middle + 1)..], times).SelectMany(Bytes),
        ];
    }

    static IEnumerable<byte> Bytes(Part[] parts) => parts.SelectMany(part => part.Text);

    void Write(string name, Random chance, List<byte> made, int levels)
    {
        var alternatives = _rules[name];
        foreach (var part in alternatives[chance.Next(alternatives.Count)])
        {
            made.AddRange(part.Text);
            if (part.Name is not { } inner)
            {
                continue;
            }

            for (var left = Times(part.Sign, chance); left > 0 && levels > 0 && made.Count < MostBytes; left--)
            {
                Write(inner, chance, made, levels - 1);
            }
        }
    }

    static int Times(char sign, Random chance) => sign switch
    {
        '?' => chance.Next(2),
        '*' => chance.Next(OneInManyTimes) == 0 ? chance.Next(MostTimes) : chance.Next(5),
        _ => 1,
    };

    static IEnumerable<Part> Parts(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '{')
            {
                var end = text.IndexOf('}', at);
                var name = text[(at + 1)..end];
                yield return new Part([.. bytes], name.TrimEnd('?', '*'), name[^1]);
                bytes.Clear();
                at = end + 1;
            }
            else
            {
                var (character, length) = Read(text.AsSpan(at));
                bytes.AddRange(character);
                at += length;
            }
        }

        yield return new Part([.. bytes], null, ' ');
    }

    static (byte[] Bytes, int Length) Read(ReadOnlySpan<char> text)
    {
        if (text[0] != '\\')
        {
            var length = char.IsHighSurrogate(text[0]) ? 2 : 1;
            return (Encoding.UTF8.GetBytes(text[..length].ToString()), length);
        }

        return text[1] switch
        {
            'n' => ([(byte)'\n'], 2),
            'r' => ([(byte)'\r'], 2),
            't' => ([(byte)'\t'], 2),
            'x' => ([byte.Parse(text[2..4], NumberStyles.HexNumber, CultureInfo.InvariantCulture)], 4),
            var other => ([(byte)other], 2),
        };
    }

    /// <param name="Text">Stands before the name.</param>
    /// <param name="Name">Of what is drawn; null at the end of a line.</param>
    readonly record struct Part(byte[] Text, string? Name, char Sign);
}
