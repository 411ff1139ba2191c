// The help of a verb with its worked examples.
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Recon.Cli.Commands;

/// <summary>The usual help, and below it the examples of the verb; of the whole program the first example of each verb.</summary>
sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Has the help of a program and of all its verbs show their examples.</summary>
    internal static RootCommand On(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExamples((HelpAction)option.Action!);
        }

        return root;
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var asked = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in asked is Verb verb ? verb.Examples : asked.Subcommands.OfType<Verb>().Select(each => each.Examples.First()))
        {
            output.WriteLine($"  {example}");
        }

        return code;
    }
}
