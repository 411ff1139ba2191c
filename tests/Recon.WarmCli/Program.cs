// recon for tests with many commands: runs one after another in a process that stays, for starting one costs more than most of them do.
using System.Text.Json;
using Recon.Cli;
using Recon.Cli.Outputs;

CommandLine.Prepare();
while (Console.In.ReadLine() is { } line)
{
    // The end mark, the folder to be in, and the words of the command.
    var request = JsonSerializer.Deserialize<string[]>(line)!;
    Environment.CurrentDirectory = request[1];
    var exitCode = await CommandLine.RunAsync(request[2..]);
    Console.Out.Write($"{request[0]}{exitCode}\n");
    PrintableError.Raw.Write($"{request[0]}{exitCode}\n");
}
