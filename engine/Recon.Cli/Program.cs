// The command line: reads the arguments, runs the verb, maps failures to exit codes.
using Recon.Cli;

CommandLine.Prepare();
return await CommandLine.RunAsync(args);
