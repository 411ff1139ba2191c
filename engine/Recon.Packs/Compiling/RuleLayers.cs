// The layers between the text of a rule and its code in memory.
namespace Recon.Packs.Compiling;

/// <summary>Each is insufficient alone, and all are in force for every rule, whoever wrote it; a test takes one out to see that it is missed.</summary>
[Flags]
enum RuleLayers
{
    None = 0,

    /// <summary>Which characters a rule is made of (<see cref="RuleText"/>).</summary>
    Text = 1,

    /// <summary>Which syntax is read (<see cref="RuleSyntax"/>).</summary>
    Syntax = 2,

    /// <summary>What its names may mean (<see cref="BoundRule"/>).</summary>
    Symbols = 4,

    /// <summary>What exists for the compiler (<see cref="PlatformReferences.Trimmed"/>).</summary>
    References = 8,

    /// <summary>What it may take (<see cref="MeteredRule"/>).</summary>
    Budget = 16,

    /// <summary>What the emitted code refers to and is made of (<see cref="EmittedImage"/>).</summary>
    Image = 32,

    All = Text | Syntax | Symbols | References | Budget | Image,
}
