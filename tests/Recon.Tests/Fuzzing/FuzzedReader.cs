// A reader under fuzz: where its inputs come from, how one is read, and what may come of it.
using System.Text;
using Recon.Model;
using Recon.Packs;
using Recon.Packs.Diagnosing;
using Recon.Packs.Reading;
using Recon.Tests.Packs;
using Recon.Tests.Sources;

namespace Recon.Tests.Fuzzing;

/// <summary>What became of an input.</summary>
enum FuzzOutcome
{
    /// <summary>Read whole, nothing to say.</summary>
    Read,

    /// <summary>Read, and something in it was refused: rejects, warnings.</summary>
    ReadInPart,

    /// <summary>Refused with what is wrong: a fault, diagnostics.</summary>
    Refused,
}

/// <summary>Something that a reader may never do.</summary>
sealed class FuzzException(string what) : Exception(what)
{
    /// <exception cref="FuzzException">It does not hold.</exception>
    public static void Unless(bool holds, string what)
    {
        if (!holds)
        {
            throw new FuzzException(what);
        }
    }
}

/// <param name="good">Files as seeds.</param>
abstract class FuzzedReader(string name, IReadOnlyList<byte[]> good)
{
    public string Name => name;

    public FuzzedInputs Inputs { get; } = new(FuzzGrammar.Of(name), good);

    /// <summary>Bytes that reading an input of this size may allocate, all told; what is alive at once is less.</summary>
    public abstract long MostAllocated(int bytes);

    /// <param name="chance">For what is asked beside the bytes, such as a separator.</param>
    /// <exception cref="FuzzException">Something comes of it that may not; any other exception is a bug as well.</exception>
    public abstract FuzzOutcome Read(byte[] bytes, Random chance);

    /// <summary>What else is asked of the input, such as reading it in another way; what this allocates is not judged.</summary>
    /// <exception cref="FuzzException">It gives another answer.</exception>
    public virtual void Ask(Random chance)
    {
    }

    /// <param name="folder">Where file readers put their input.</param>
    public static IReadOnlyList<FuzzedReader> All(InputFiles folder) =>
        [new FuzzedPacks(), new FuzzedTables(folder), new FuzzedStatements(folder, "camt"), new FuzzedStatements(folder, "mt940")];
}

/// <summary>The reader of YAML; of one input in eight the whole pack is bound as well.</summary>
sealed class FuzzedPacks() : FuzzedReader("yaml", [.. PackCase.Names("good").Select(name => File.ReadAllBytes(PackCase.PathOf("good", name)))])
{
    const int OneInBound = 8;
    const int MostFound = 100;

    PackText? _pack;
    IReadOnlyList<Diagnostic> _found = [];

    // Of a byte: an event of the parser, and what may be found there; a file is read up to twenty times where C# is passed over.
    public override long MostAllocated(int bytes) => 4_000_000 + (1000L * Math.Min(bytes, PackText.MostBytes));

    public override FuzzOutcome Read(byte[] bytes, Random chance)
    {
        _pack = new PackText("pack.yaml", bytes);
        _found = [];
        _found = chance.Next(OneInBound) == 0 ? Bound(_pack) : Syntax(_pack);
        return _found.Any(diagnostic => diagnostic.Severity == Severity.Error) ? FuzzOutcome.Refused
            : _found.Count > 0 ? FuzzOutcome.ReadInPart : FuzzOutcome.Read;
    }

    // Where what was found points to, and how it is shown.
    public override void Ask(Random chance)
    {
        FuzzException.Unless(_found.Count <= MostFound, $"{_found.Count} diagnostics");
        var text = Encoding.UTF8.GetString(_pack!.Bytes.Span);
        var lines = (text.StartsWith('\uFEFF') ? text[1..] : text).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        foreach (var diagnostic in _found)
        {
            Judge(diagnostic, lines);
        }
    }

    static IReadOnlyList<Diagnostic> Syntax(PackText pack)
    {
        var report = new Report();
        var file = PackFileReader.Read(pack, report);
        var root = file is null ? null : SyntaxReader.Read(file, report);
        FuzzException.Unless(root is not null || report.HasErrors, "nothing was read and nothing said");
        return report.Sorted();
    }

    static IReadOnlyList<Diagnostic> Bound(PackText pack)
    {
        var load = PackLoader.Load(pack, null, PackOptions.Default);
        FuzzException.Unless(
            load.Pack is null == load.Diagnostics.Any(found => found.Severity == Severity.Error), "a pack with errors, or none without");
        return load.Diagnostics;
    }

    static void Judge(Diagnostic diagnostic, string[] lines)
    {
        var place = diagnostic.Place;
        var isNotText = place.LineText.Length == 0 || diagnostic.Code == Findings.NotUtf8.Code;
        FuzzException.Unless(
            place.Line >= 1 && place.Line <= lines.Length && place.Column >= 1 && place.EndColumn >= place.Column
            && place.EndColumn <= place.LineText.Length + 1 && (isNotText || lines[place.Line - 1] == place.LineText),
            $"{diagnostic.Code} points beside the file: {place.Line}:{place.Column}–{place.EndColumn}");
        FuzzException.Unless(DiagnosticText.Render(diagnostic).Length > 0, "nothing to show");
    }
}
