// What a value may look like; what it means, and whether it fits the rest of the pack, the binders say.
namespace Recon.Packs.Vocabulary;

/// <summary>Of what a text is the name.</summary>
enum NameOf
{
    Nothing,
    Source,

    /// <summary>Of the sources in whose mapping or pass it stands; also <c>source.field</c>, sums of fields, and two of them around <c>~</c>.</summary>
    Field,
    Pass,
    Class,
    Parameter,
    Calendar,
}

abstract record Form
{
    Form()
    {
    }

    /// <summary>One value.</summary>
    /// <param name="Pattern">Of its text, in the dialect that .NET and ECMA-262 share; null where any text will do.</param>
    /// <param name="OrNumber">YAML may take it for a number, as <c>0.90</c>.</param>
    internal sealed record Text(string? Pattern, bool OrNumber) : Form
    {
        /// <summary>Texts that fit the pattern, for who writes one; null where there are too many.</summary>
        public IReadOnlyList<string>? Offered { get; init; }
    }

    /// <summary>One of these words.</summary>
    internal sealed record Word(IReadOnlyList<string> Words) : Form;

    /// <summary>A whole number, both bounds included.</summary>
    internal sealed record Whole(long Least, long Most) : Form;

    /// <summary>No value, where a cell is empty.</summary>
    internal sealed record Nothing : Form;

    /// <summary>The name of something in the pack, or a text that is made of such names.</summary>
    internal sealed record Name(NameOf Of) : Form;

    /// <summary>C#, on one line or as a block.</summary>
    internal sealed record Code : Form;

    internal sealed record Mapping(Shape Shape) : Form;

    /// <summary>A mapping whose keys the pack names itself.</summary>
    /// <param name="Keys">Pattern of the keys; null where any text will do.</param>
    /// <param name="KeysOf">Of what the keys are names where that stands elsewhere in the pack.</param>
    internal sealed record Named(Form Value, string? Keys, NameOf KeysOf) : Form;

    internal sealed record Sequence(Form Item, int Least) : Form;

    internal sealed record Either(IReadOnlyList<Form> Forms) : Form;

    /// <summary>Mappings that are told apart by a key that only they have; the last is the one without.</summary>
    internal sealed record ByKey(IReadOnlyList<(string Key, Shape Shape)> Marked, Shape Otherwise) : Form;
}

/// <summary>Short spellings for the tables.</summary>
static class Forms
{
    const string Parameter = @"\$[a-z][a-z0-9_]*";

    public const string Identifier = "^[a-z][a-z0-9_]*$";

    public const string Id = "^[a-z][a-z0-9_-]*$";

    public const string HostName = "^[A-Za-z][A-Za-z0-9_-]*$";

    /// <summary>A whole number in quotes, or a parameter.</summary>
    public const string WholeText = $"^(-?[0-9]+|{Parameter})$";

    public static Form Text { get; } = new Form.Text(null, OrNumber: true);

    public static Form Code { get; } = new Form.Code();

    public static Form Nothing { get; } = new Form.Nothing();

    public static Form Source { get; } = new Form.Name(NameOf.Source);

    public static Form Field { get; } = new Form.Name(NameOf.Field);

    public static Form Pass { get; } = new Form.Name(NameOf.Pass);

    public static Form Class { get; } = new Form.Name(NameOf.Class);

    public static Form Calendar { get; } = new Form.Name(NameOf.Calendar);

    public static Form Money { get; } = Like($@"^(-?[0-9]+(\.[0-9]+)? [A-Z][A-Z0-9]{{2,11}}|{Parameter})$");

    public static Form Number { get; } = new Form.Text($@"^(-?[0-9]+(\.[0-9]+)?|{Parameter})$", OrNumber: true);

    public static Form Date { get; } = Like($"^([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{Parameter})$");

    public static Form Moment { get; } = Like("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)$");

    public static Form Duration { get; } = Like($"^([0-9]+[smhd]|{Parameter})$");

    public static Form Currency { get; } = Like($"^([A-Z][A-Z0-9]{{2,11}}|{Parameter})$");

    public static Form Secret { get; } = Like("^secret:[A-Za-z_][A-Za-z0-9_]*$");

    public static Form TrueFalse { get; } = Word(Binding.Words.TrueFalse);

    public static Form Like(string pattern) => new Form.Text(pattern, OrNumber: false);

    public static Form Whole(long least, long most) => new Form.Whole(least, most);

    public static Form Word<T>(IReadOnlyList<(string Word, T Meaning)> words) => new Form.Word([.. words.Select(word => word.Word)]);

    public static Form Word(params string[] words) => new Form.Word(words);

    public static Form Map(Shape shape) => new Form.Mapping(shape);

    public static Form Named(Form value, string? keys = Identifier, NameOf of = NameOf.Nothing) => new Form.Named(value, keys, of);

    public static Form List(Form item, int least = 0) => new Form.Sequence(item, least);

    /// <summary>One value stands for a list of one.</summary>
    public static Form OneOrMore(Form item) => Either(item, List(item));

    public static Form Either(params Form[] forms) => new Form.Either(forms);

    public static Member Key(string key, Form form, string what) => new(key, form, what);

    public static Member Description { get; } = Key("description", Text, "For readers; it decides nothing.");
}
