// A verb of the command line with worked examples.
using System.CommandLine;

namespace Recon.Cli.Commands;

/// <summary>A verb, or a group of verbs, which has the examples of all of them.</summary>
/// <param name="examples">Whole command lines, ready to be copied.</param>
sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    internal IEnumerable<string> Examples => examples.Concat(Subcommands.OfType<Verb>().SelectMany(verb => verb.Examples));
}
