// A compiled image brought to life, and let go of.
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Compiling;

namespace Recon.Packs;

/// <summary>The rules of one pack, loaded. Does not touch the compiler.</summary>
/// <remarks>
/// Safe for any number of threads. After <see cref="Dispose"/> the code is unloaded as soon as nobody holds a delegate of it.
/// </remarks>
public sealed class PackProgram : ICompiledRules, IDisposable
{
    readonly ImageContext _context;
    ICompiledRules? _rules;

    PackProgram(ImageContext context, ICompiledRules rules)
    {
        _context = context;
        _rules = rules;
    }

    /// <summary>Loads an image that <see cref="RuleCompiler.Compile"/> has made.</summary>
    /// <param name="parameters">With the values in force.</param>
    public static PackProgram Load(CompiledImage compiled, IReadOnlyList<Parameter> parameters)
    {
        Require.That(compiled.Image is not null);
        return Load(compiled.Hash, compiled.Image!, parameters);
    }

    /// <summary>Loads an image from a cache.</summary>
    /// <param name="hash">What <see cref="RuleCompiler.HashOf"/> says about the rules in force.</param>
    /// <param name="parameters">With the values in force.</param>
    /// <exception cref="ReconException">
    /// Kind Storage: the bytes are no image, or that of other rules, or do what no rule may. Compile anew.
    /// </exception>
    public static PackProgram Load(string hash, byte[] image, IReadOnlyList<Parameter> parameters)
    {
        if (EmittedImage.WrongIn(image) is { } wrong)
        {
            throw new ReconException($"the compiled rules {hash} are damaged: {wrong}", FaultKind.Storage);
        }

        var context = new ImageContext(hash);
        try
        {
            return new PackProgram(context, context.LoadRules(hash, image, parameters));
        }
        catch (Exception damage)
            when (damage is BadImageFormatException or FileLoadException or TypeLoadException)
        {
            context.Unload();
            throw new ReconException(
                $"the compiled rules {hash} are damaged", FaultKind.Storage, inner: damage);
        }
    }

    public RuleCosts Costs => Rules.Costs;

    public RecordPredicate Record(RuleRef rule) => RuleAtWork.IsWatched ? WatchedRules.Of(Rules.Record(rule), rule) : Rules.Record(rule);

    public PairPredicate Pair(RuleRef rule) => RuleAtWork.IsWatched ? WatchedRules.Of(Rules.Pair(rule), rule) : Rules.Pair(rule);

    public GroupPredicate Group(RuleRef rule) => RuleAtWork.IsWatched ? WatchedRules.Of(Rules.Group(rule), rule) : Rules.Group(rule);

    public GroupsPredicate Groups(RuleRef rule) => RuleAtWork.IsWatched ? WatchedRules.Of(Rules.Groups(rule), rule) : Rules.Groups(rule);

    public SeveralPredicate Several(RuleRef rule) => RuleAtWork.IsWatched ? WatchedRules.Of(Rules.Several(rule), rule) : Rules.Several(rule);

    public FieldDerivation Derivation(RuleRef rule) =>
        RuleAtWork.IsWatched ? WatchedRules.Of(Rules.Derivation(rule), rule) : Rules.Derivation(rule);

    public void Dispose()
    {
        if (_rules is not null)
        {
            _rules = null;
            _context.Unload();
        }
    }

    ICompiledRules Rules => _rules ?? throw new ObjectDisposedException(nameof(PackProgram));

    // Collectible: a host that serves many packs lets go of those that changed.
    sealed class ImageContext(string hash) : AssemblyLoadContext($"rules {hash}", isCollectible: true)
    {
        static readonly Assembly Model = typeof(RecordTable).Assembly;

        public ICompiledRules LoadRules(string hash, byte[] image, IReadOnlyList<Parameter> parameters)
        {
            using var stream = new MemoryStream(image, writable: false);
            var assembly = LoadFromStream(stream);
            var program = assembly.GetType(ProgramNames.Program)
                ?? throw new TypeLoadException("no rules in the image");
            var found = program.GetField(ProgramNames.Hash)?.GetRawConstantValue() as string;
            if (found != hash)
            {
                throw new TypeLoadException($"the image is that of the rules {found}");
            }

            Give(assembly.GetType(ProgramNames.Parameters), parameters);
            return (ICompiledRules)Activator.CreateInstance(program)!;
        }

        // The image has those that its rules name; texts are constants of it.
        static void Give(Type? fields, IReadOnlyList<Parameter> parameters)
        {
            foreach (var parameter in parameters.Where(parameter => parameter.Kind != FieldKind.Text))
            {
                fields?.GetField(parameter.Name)?.SetValue(null, ValueOf(parameter));
            }
        }

        static object ValueOf(Parameter parameter)
        {
            switch (parameter.Kind)
            {
                case FieldKind.Number:
                    Require.That(ExactNumber.TryParse(parameter.Value, out var number));
                    return number.ToDecimal();
                case FieldKind.Money:
                    Require.That(Money.TryParse(parameter.Value, out var money));
                    return money;
                default:
                    return DateOnly.ParseExact(parameter.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            }
        }

        // The image speaks the Model that this assembly speaks, wherever that was loaded.
        protected override Assembly? Load(AssemblyName name) =>
            name.Name == Model.GetName().Name ? Model : null;
    }
}
