// All verbs of recon in one root command, and what becomes of their failures.
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;
using Recon.Cli.Commands;
using Recon.Cli.Confining;
using Recon.Cli.Outputs;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Sandbox;

namespace Recon.Cli;

static class CommandLine
{
    /// <summary>What holds for the whole process, before its first command.</summary>
    internal static void Prepare()
    {
        if (Confined.Enter() is { } says)
        {
            RuleAtWork.Watch(says);
        }

        LargePages.AskFor();
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        PrintableError.Install();
    }

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            await Root().Parse(["--help"]).InvokeAsync();
            return ExitCode.Usage;
        }

        var parsed = Root().Parse(arguments);
        if (parsed.Errors.Count > 0 && !arguments.Any(word => word is "--help" or "-h" or "-?"))
        {
            foreach (var line in UsageErrors.Of(parsed))
            {
                Console.Error.WriteLine(line);
            }

            return ExitCode.Usage;
        }

        if (UsageErrors.Empty(parsed) is { } empty)
        {
            Console.Error.WriteLine(empty);
            return ExitCode.Usage;
        }

        var controls = SandboxControls.OfThisMachine();
        var trust = TrustOf.Command(parsed, controls, TrustOf.IsCi);
        if (trust == Trust.Nowhere)
        {
            Console.Error.WriteLine($"recon: skipped: no sandbox; this machine's kernel lacks {controls.Missing}, so nothing of untrusted rules is executed");
            return ExitCode.NoTests;
        }

        // The signals are listened to here: the library's own listener ends with an unhandled exception where two come at once.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var isLong = trust == Trust.Confined || parsed.Action is AsynchronousCommandLineAction;
        using var interruption = isLong && !ServeCommand.IsAsked(parsed) ? new Interruption() : null;
        try
        {
            var cancellation = interruption?.Token ?? CancellationToken.None;
            return trust == Trust.Confined
                ? await new ConfinedCommand(parsed, arguments).RunAsync(cancellation)
                : await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception failure)
        {
            return Report(failure);
        }
    }

    internal static RootCommand Root() => HelpWithExamples.On(new("Reconciles records of several sources by rules, and says why each matched or did not.")
    {
        RunCommand.Create(),
        CheckCommand.Create(),
        FmtCommand.Create(),
        FixCommand.Create(),
        TestCommand.Create(),
        ExplainCommand.Create(),
        EvalCommand.Create(),
        NewCommand.Create(),
        CaptureCommand.Create(),
        MutateCommand.Create(),
        PlanCommand.Create(),
        ApplyCommand.Create(),
        ReplayCommand.Create(),
        ReportCommand.Create(),
        BreaksCommand.Create(),
        PostingsCommand.Create(),
        MatchCommands.CreateMatch(),
        MatchCommands.CreateUnmatch(),
        UndoCommand.Create(),
        SignOffCommand.Create(),
        SnapshotCommand.Create(),
        RunsCommand.Create(),
        ScheduleCommand.Create(),
        ServeCommand.Create(),
        AuditCommand.Create(),
        DbCommand.Create(),
        DoctorCommand.Create(),
        StoreCommand.Create(),
        SchemaCommand.Create(),
        LspCommand.Create(),
        DocsCommand.Create(),
        RulesCommand.Create(),
        BenchCommand.Create(),
    });

    /// <summary>Says on stderr what ended the work, and gives its exit code.</summary>
    internal static int Report(Exception failure)
    {
        switch (failure)
        {
            case PackWrongException:
                return ExitCode.PackWrong;
            case OperationCanceledException:
                Console.Error.WriteLine("recon: cancelled; a run that was not finished recorded nothing");
                return ExitCode.Cancelled;
            case OutOfMemoryException when Confined.Current is not null:
                Console.Error.WriteLine("recon: the untrusted rules ask for more memory than they are given");
                return ExitCode.RuleFailed;
            case SandboxException refused:
                Console.Error.WriteLine($"recon: skipped: no sandbox; {refused.Message}");
                return ExitCode.NoTests;
            case IOException or UnauthorizedAccessException when Confined.Current is not null:
                Console.Error.WriteLine($"recon: {failure.Message.TrimEnd('.')}: untrusted rules are shown the repository around the pack, else the folder "
                    + "that was named, without what begins with a dot");
                return ExitCode.Storage;
            case UsageException usage:
                Console.Error.WriteLine($"recon: {usage.Message}");
                return ExitCode.Usage;
            case ReconException fault:
                var retry = fault.IsTransient ? "; a retry may help" : "";
                foreach (var line in $"{fault.Message}{retry}".Split('\n').Distinct(StringComparer.Ordinal))
                {
                    Console.Error.WriteLine($"recon: {line}");
                }

                return ExitCode.Of(fault.Kind);
            case IOException or UnauthorizedAccessException:
                Console.Error.WriteLine($"recon: {failure.Message.TrimEnd('.')}; a retry helps once the disk or its rights are mended");
                return ExitCode.Storage;
            default:
                Console.Error.WriteLine("recon: this is a bug of Recon, please report it with the text below");
                Console.Error.WriteLine(failure);
                return ExitCode.Bug;
        }
    }
}
