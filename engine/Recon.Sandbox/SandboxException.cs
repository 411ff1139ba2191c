// A process could not be confined as it was to be.
namespace Recon.Sandbox;

/// <summary>Nothing that is not trusted was run.</summary>
public sealed class SandboxException(string message) : Exception(message);
