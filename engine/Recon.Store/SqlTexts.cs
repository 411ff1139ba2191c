// The statements of a store, from its file of SQL and from the file that all stores share.
using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Recon.Store;

/// <summary>Statements by name. What a store's own file says comes before what all share.</summary>
sealed partial class SqlTexts
{
    static readonly string[] Shared = ["Statements.sql", "Schedules/Schedules.sql"];

    static readonly Assembly Home = typeof(SqlTexts).Assembly;

    readonly FrozenDictionary<string, string> _texts;

    /// <param name="file">The store's own file, as it is embedded.</param>
    /// <param name="shared">What it shares with some.</param>
    public SqlTexts(string file, params IEnumerable<string> shared)
    {
        var (statements, parts) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var match in Shared.Concat(shared).Append(file).SelectMany(name => Section().Matches(Read(name))))
        {
            (match.Groups[1].Value == "name" ? statements : parts)[match.Groups[2].Value] = Comment().Replace(match.Groups[3].Value, "").Trim();
        }

        _texts = statements.ToFrozenDictionary(entry => entry.Key, entry => Complete(entry.Value, parts), StringComparer.Ordinal);
    }

    /// <summary>The statement of that name.</summary>
    public string this[string name] => _texts[name];

    public IEnumerable<string> Names => _texts.Keys.Order(StringComparer.Ordinal);

    /// <summary>An embedded file.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(Home.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name));
        return reader.ReadToEnd();
    }

    // Parts take in parts.
    static string Complete(string text, Dictionary<string, string> parts)
    {
        while (Part().IsMatch(text))
        {
            text = Part().Replace(text, match => parts[match.Groups[1].Value]);
        }

        return text;
    }

    [GeneratedRegex(@"^-- (name|part): ([a-z_.]+)\n(.*?)(?=^-- (?:name|part): |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^--.*\n?", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Part();
}
