// Names by which a loaded image is entered.
namespace Recon.Packs.Compiling;

/// <summary>Kept apart from everything that touches the compiler, so that loading an image does not load it.</summary>
static class ProgramNames
{
    public const string Program = "PackRules";

    public const string Hash = "Hash";

    public const string Parameters = "Params";
}
