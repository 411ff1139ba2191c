// Who acts, why, and under which key: options of every command by which people decide.
using System.CommandLine;
using System.CommandLine.Parsing;
using Recon.Reports.Sections;
using Recon.Runs.Acting;
using Recon.Runs.Ports;

namespace Recon.Cli.Commands;

static class ActOptions
{
    const int LongestText = 2000;

    internal static readonly Option<string> As = Bounded(new Option<string>("--as")
    {
        Description = "The name under which it is recorded; default: the login name",
        DefaultValueFactory = _ => Environment.UserName,
    });

    internal static readonly Option<string?> Reason = WhyOption(isRequired: true);

    internal static readonly Option<string?> OptionalReason = WhyOption(isRequired: false);

    internal static readonly Option<string?> Key = new("--key")
    {
        Description = "What makes it one operation, so that a second try does nothing; default: the same command repeated is one",
    };

    static ActOptions() => Key.Validators.Add(given =>
    {
        if (given.Tokens is [var token] && (token.Value.Length > ActLedger.LongestKey || string.IsNullOrWhiteSpace(token.Value)))
        {
            given.AddError($"--key: 1 to {ActLedger.LongestKey} characters that are not all blank");
        }
    });

    internal static Actor ActorOf(ParseResult parsed, string? reason) => new(
        parsed.GetValue(As)!, reason, TimeProvider.System.GetUtcNow(), parsed.GetValue(Key));

    static Option<string?> WhyOption(bool isRequired) =>
        Bounded(new Option<string?>("--reason") { Description = "Why, for whoever reads it later", Required = isRequired });

    /// <summary>A text that says something and is not longer than every store takes.</summary>
    internal static Option<T> Bounded<T>(Option<T> option)
    {
        option.Validators.Add(given => Bound(given, option.Name));
        return option;
    }

    internal static Argument<string> Bounded(Argument<string> argument)
    {
        argument.Validators.Add(given => Bound(given, argument.Name));
        return argument;
    }

    static void Bound(SymbolResult given, string name)
    {
        if (given.Tokens.Any(token => token.Value.Length > LongestText))
        {
            given.AddError($"{name}: at most {LongestText} characters");
        }

        if (given.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            given.AddError($"{name}: say something that is not blank");
        }
    }

    /// <summary>Says on stdout what holds now, and on stderr where it was done before.</summary>
    internal static int Tell(ActOutcome outcome, string what)
    {
        if (outcome.WasRecorded)
        {
            Console.Error.WriteLine($"recon: {outcome.Act.By} did this on {outcome.Act.Day}; nothing was done again");
        }

        Console.WriteLine(PlainText.Of(what));
        return ExitCode.Fine;
    }
}
