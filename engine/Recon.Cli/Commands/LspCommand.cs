// recon lsp: the language server, for editors.
using System.CommandLine;
using System.Text.Json;
using Recon.Cli.LanguageServing;
using StreamJsonRpc;

namespace Recon.Cli.Commands;

static class LspCommand
{
    internal static Command Create()
    {
        var command = new Verb("lsp",
            "Answers an editor over stdin and stdout (Language Server Protocol 3.17): findings, proposals, meanings, declarations, renaming, fixes, layout.",
            "recon lsp");
        command.SetAction(ServeAsync);
        return command;
    }

    static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var server = new LanguageServer();
        var formatter = new SystemTextJsonFormatter { JsonSerializerOptions = new JsonSerializerOptions { DefaultIgnoreCondition = default } };
        await using var handler = new HeaderDelimitedMessageHandler(Console.OpenStandardOutput(), Console.OpenStandardInput(), formatter);
        using var editor = new JsonRpc(handler);
        server.Editor = editor;
        editor.AddLocalRpcTarget(server, new JsonRpcTargetOptions { DisposeOnDisconnect = false });

        // One message after the other: a change is known before what is asked behind it is answered.
        editor.SynchronizationContext = new Microsoft.VisualStudio.Threading.NonConcurrentSynchronizationContext(sticky: false);
        editor.StartListening();
        await Task.WhenAny(server.Ended, editor.Completion).WaitAsync(cancellation);
        return ExitCode.Fine;
    }
}
