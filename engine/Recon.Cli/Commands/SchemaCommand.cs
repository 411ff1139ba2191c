// recon schema: the JSON schema of packs and workspaces, for editors.
using System.CommandLine;
using System.Text;
using Recon.Packs;

namespace Recon.Cli.Commands;

static class SchemaCommand
{
    static readonly Argument<string> Of = new("OF") { Description = "pack, tests or workspace", DefaultValueFactory = _ => "pack" };
    static readonly Option<string?> Out = new("--out") { Description = "The file to write; default: stdout", HelpName = "FILE" };

    internal static Command Create()
    {
        Of.AcceptOnlyFromAmong("pack", "tests", "workspace");
        var command = new Verb("schema",
            "Writes the JSON schema (draft 2020-12) of pack.yaml, pack.test.yaml or recon.yaml.",
            "recon schema --out pack.schema.json",
            "recon schema workspace")
        {
            Of, Out,
        };
        command.SetAction(parsed => Write(parsed.GetValue(Of)!, parsed.GetValue(Out)));
        return command;
    }

    static int Write(string of, string? path)
    {
        var schema = of switch
        {
            "tests" => PackSchema.OfTests(),
            "workspace" => PackSchema.OfWorkspace(),
            _ => PackSchema.OfPack(),
        };
        if (path is null or "-")
        {
            Console.Out.Write(schema);
        }
        else
        {
            File.WriteAllText(path, schema, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        return ExitCode.Fine;
    }
}
