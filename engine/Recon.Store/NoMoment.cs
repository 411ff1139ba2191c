// The value of a parameter for a moment that is missing.
namespace Recon.Store;

/// <summary>A server asks for the type of a parameter, and a bare null has none: it is bound as a text.</summary>
sealed class NoMoment
{
    NoMoment()
    {
    }

    public static NoMoment Value { get; } = new();
}
