// The words of the language as one table: which mappings there are, which keys each may have, what stands under a key.
namespace Recon.Packs.Vocabulary;

/// <summary>A mapping. Binders take its keys from here, and so do the JSON schema and the language server.</summary>
/// <param name="Id">Names it in the schema: <c>source</c>.</param>
/// <param name="Name">As a message names it: <c>a source</c>.</param>
/// <param name="Members">In the order in which they are offered and best written.</param>
sealed record Shape(string Id, string Name, string What, params Member[] Members)
{
    /// <summary>Keys of which exactly one must stand there; empty where there is no such choice.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>At least one of these must stand there.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>What stands under keys that the pack names itself; null where there are none.</summary>
    public Form.Named? Others { get; init; }

    public string[] Keys => [.. Members.Select(member => member.Key)];

    public Member? Find(string key) => Array.Find(Members, member => member.Key == key);
}

/// <summary>A key of a mapping.</summary>
/// <param name="What">One sentence for who hovers over it.</param>
sealed record Member(string Key, Form Form, string What)
{
    public bool IsNeeded { get; init; }

    /// <summary>What is taken where it is not said; null where nothing is.</summary>
    public string? Standard { get; init; }

    /// <summary>As it is written in a pack; may be empty.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>A pack must have it.</summary>
    public Member Must() => this with { IsNeeded = true };

    /// <summary>What is taken where a pack does not say it.</summary>
    public Member Else(string standard) => this with { Standard = standard };

    public Member Such(params string[] examples) => this with { Examples = examples };
}
