// What is wrong with a command line, a line each.
using System.CommandLine;
using System.CommandLine.Parsing;
using Recon.Model;

namespace Recon.Cli;

static class UsageErrors
{
    const string Help = "recon: try 'recon --help', or 'recon VERB --help' for examples";

    /// <summary>Lines for stderr; a word that is no verb or option is the only thing said, with the nearest that is one.</summary>
    internal static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
        {
            return [Unknown($"there is no command '{word}'", word, command.Subcommands.Select(each => each.Name))];
        }

        // An option that is none is taken for an argument where the verb has one to spare.
        var words = parsed.UnmatchedTokens.Concat(parsed.Tokens.Where(token => token.Type == TokenType.Argument).Select(token => token.Value));
        if (words.FirstOrDefault(token => token.StartsWith("--", StringComparison.Ordinal)) is { } option)
        {
            return [Unknown($"{command.Name} has no option {option}", option, command.Options.Select(each => each.Name))];
        }

        return [.. parsed.Errors.Select(error => $"recon: {OnOneLine(error.Message)}"), Help];
    }

    /// <summary>Names what was given an empty text, as a script does whose variable is not set; null where nothing was.</summary>
    internal static string? Empty(ParseResult parsed) =>
        parsed.CommandResult.Children.FirstOrDefault(given => given.Tokens.Any(token => token.Value.Length == 0)) switch
        {
            OptionResult option => $"recon: {option.Option.Name} is empty: give it a value or leave it out",
            ArgumentResult argument => $"recon: {argument.Argument.Name} is empty: give it a value or leave it out",
            _ => null,
        };

    static string Unknown(string what, string name, IEnumerable<string> known) => $"recon: {what}; {NearestName.Hint(name, known)}";

    // The library lists the words it would take below each other, with tabs.
    static string OnOneLine(string message) => string.Join(", ", message.Split(
        '\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Replace(":, ", ": ", StringComparison.Ordinal);
}
