// The command line: reads the arguments, runs the verb, maps failures to exit codes.
using System.Globalization;
using System.Text;
using Recon.Cli;
using Recon.Cli.Outputs;

LargePages.AskFor();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
PrintableError.Install();
return await CommandLine.RunAsync(args);
