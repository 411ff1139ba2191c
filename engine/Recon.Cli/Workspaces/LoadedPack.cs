// A pack from its directory: read, bound and compiled, the compiled rules from the cache where nothing changed.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;

namespace Recon.Cli.Workspaces;

/// <summary>A pack that is ready to run, or what is wrong with it.</summary>
/// <param name="Pack">Null where there is an error.</param>
/// <param name="Rules">Null where there is an error.</param>
sealed record LoadedPack(
    string Directory, Pack? Pack, ICompiledRules? Rules, IReadOnlyList<PackTest> Tests, IReadOnlyList<Diagnostic> Diagnostics) : IDisposable
{
    internal bool HasErrors => Pack is null || Rules is null;

    internal static LoadedPack From(string directory, PackOptions options, CancellationToken cancellation) =>
        From(directory, TextIn(directory), OptionalText(Path.Combine(directory, "pack.test.yaml")), options, cancellation);

    /// <summary>To run it: the file of tests beside it is not read, and what is wrong there stops nobody.</summary>
    internal static LoadedPack ToRun(string directory, PackOptions options, CancellationToken cancellation) =>
        From(directory, TextIn(directory), tests: null, options, cancellation);

    /// <summary>As if this text stood in the directory.</summary>
    internal static LoadedPack From(string directory, PackText pack, PackText? tests, PackOptions options, CancellationToken cancellation)
    {
        var load = PackLoader.Load(pack, tests, options);
        if (load.Rules.Count == 0)
        {
            return new LoadedPack(directory, load.Pack, NoCompiledRules.Instance, load.Tests, load.Diagnostics);
        }

        var image = ImageOf(load, ImageCache.OfUser(), cancellation);
        var diagnostics = load.Diagnostics.Concat(image.Diagnostics).OrderBy(PlaceOrder).ToList();
        var rules = image.Image is null || load.Pack is null ? null : PackProgram.Load(image, load.Parameters);
        return new LoadedPack(directory, load.Pack, rules, load.Tests, diagnostics);
    }

    /// <summary>Prints the diagnostics and ends the command where the pack is wrong.</summary>
    internal LoadedPack OrStop()
    {
        DiagnosticPrinter.StopOnErrors(Diagnostics);
        return this;
    }

    public void Dispose() => (Rules as IDisposable)?.Dispose();

    static CompiledImage ImageOf(PackLoad load, ImageCache cache, CancellationToken cancellation)
    {
        var hash = RuleCompiler.HashOf(load.Rules, load.Sources, load.Parameters);
        if (cache.Find(hash) is byte[] image && RuleCompiler.Accepts(image))
        {
            return new CompiledImage(hash, image, []);
        }

        var compiled = RuleCompiler.Compile(load.Rules, load.Sources, load.Parameters, cancellation);
        if (compiled is { Image: not null, Diagnostics.Count: 0 })
        {
            cache.Keep(compiled.Hash, compiled.Image);
        }

        return compiled;
    }

    static (string, int, int, string) PlaceOrder(Diagnostic diagnostic) =>
        (diagnostic.Place.File, diagnostic.Place.Line, diagnostic.Place.Column, diagnostic.Code);

    static PackText TextIn(string directory)
    {
        var pack = Path.Combine(directory, "pack.yaml");
        return File.Exists(pack)
            ? PackFiles.Read(pack)
            : throw new ReconException($"{DisplayPath.Of(directory)}: there is no pack.yaml", FaultKind.NotFound);
    }

    static PackText? OptionalText(string path) => File.Exists(path) ? PackFiles.ReadAlone(path) : null;
}
