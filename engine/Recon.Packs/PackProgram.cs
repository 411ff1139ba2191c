// A compiled image brought to life, and let go of.
using System.Reflection;
using System.Runtime.Loader;
using Recon.Model;
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
    public static PackProgram Load(CompiledImage compiled)
    {
        Require.That(compiled.Image is not null);
        return Load(compiled.Hash, compiled.Image!);
    }

    /// <summary>Loads an image from a cache.</summary>
    /// <param name="hash">What <see cref="RuleCompiler.HashOf"/> says about the rules in force.</param>
    /// <exception cref="ReconException">Kind Storage: the bytes are no image, or that of other rules. Compile anew.</exception>
    public static PackProgram Load(string hash, byte[] image)
    {
        var context = new ImageContext(hash);
        try
        {
            return new PackProgram(context, context.LoadRules(hash, image));
        }
        catch (Exception damage)
            when (damage is BadImageFormatException or FileLoadException or TypeLoadException)
        {
            context.Unload();
            throw new ReconException(
                $"the compiled rules {hash} are damaged", FaultKind.Storage, inner: damage);
        }
    }

    public RecordPredicate Record(RuleRef rule) => Rules.Record(rule);

    public PairPredicate Pair(RuleRef rule) => Rules.Pair(rule);

    public GroupPredicate Group(RuleRef rule) => Rules.Group(rule);

    public GroupsPredicate Groups(RuleRef rule) => Rules.Groups(rule);

    public FieldDerivation Derivation(RuleRef rule) => Rules.Derivation(rule);

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

        public ICompiledRules LoadRules(string hash, byte[] image)
        {
            using var stream = new MemoryStream(image, writable: false);
            var program = LoadFromStream(stream).GetType(ProgramNames.Program)
                ?? throw new TypeLoadException("no rules in the image");
            var found = program.GetField(ProgramNames.Hash)?.GetRawConstantValue() as string;
            return found == hash
                ? (ICompiledRules)Activator.CreateInstance(program)!
                : throw new TypeLoadException($"the image is that of the rules {found}");
        }

        // The image speaks the Model that this assembly speaks, wherever that was loaded.
        protected override Assembly? Load(AssemblyName name) =>
            name.Name == Model.GetName().Name ? Model : null;
    }
}
