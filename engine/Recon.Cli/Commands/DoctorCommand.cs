// recon doctor: what is in force on this machine and in a workspace, and what is missing.
using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Recon.Cli.Doctoring;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Reports;
using Recon.Reports.Sections;

namespace Recon.Cli.Commands;

static class DoctorCommand
{
    static readonly Argument<string?> Target = new("WORKSPACE")
    {
        Description = "A folder with recon.yaml or pack.yaml; without one only the machine is looked at",
        Arity = ArgumentArity.ZeroOrOne,
    };

    static readonly Option<string[]> Outputs = new("--out") { Description = "FORMAT=PATH with pretty or json, where '-' is stdout; repeatable" };

    // What the process does that the doctor confines.
    static readonly Option<bool> Probe = new("--probe") { Hidden = true };

    static readonly IReadOnlyDictionary<string, ReportFormat> Formats = Report.Formats
        .Where(known => known.Value is ReportFormat.Pretty or ReportFormat.Json).ToDictionary(StringComparer.Ordinal);

    static readonly JsonWriterOptions Indented = new() { Indented = true };

    internal static Command Create()
    {
        var command = new Verb("doctor",
            "Says what is in force here and what is missing: the machine, the sandbox for untrusted rules, and what a workspace needs; exit 9 where "
                + "something is not as it must be.",
            "recon doctor",
            "recon doctor examples/card-payments",
            "recon doctor --out json=-")
        {
            Target, CommonOptions.Store, Outputs, Probe,
        };
        command.SetAction(ExamineAsync);
        return command;
    }

    static async Task<int> ExamineAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Probe))
        {
            return Try();
        }

        var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs), Formats);
        List<Finding> findings = [.. Machine(), .. await SandboxExamination.RunAsync(cancellation)];
        if (parsed.GetValue(Target) is { } folder)
        {
            findings.AddRange(WorkspaceExamination.Of(OpenedWorkspace.Open(folder, parsed.GetValue(CommonOptions.Store)), cancellation));
        }

        foreach (var target in targets.Count == 0 ? [new OutputTarget(ReportFormat.Pretty, "-")] : targets)
        {
            if (target.Format == ReportFormat.Json)
            {
                target.Write((stream, _) => WriteJson(findings, stream));
            }
            else
            {
                Terminal.Print([SectionOf(findings)]);
            }
        }

        return findings.Exists(finding => finding.Health == Health.Wrong) ? ExitCode.VerificationFailed : ExitCode.Fine;
    }

    static int Try()
    {
        if (Sandbox.Confined.Current is null)
        {
            throw new UsageException("--probe: only a confined process tries to get out");
        }

        var inherited = Probes.InheritedVariables();
        Console.Out.WriteLine(SandboxExamination.LineOf(
            new ProbeResult("inherits variables", inherited.Count > 0, inherited.Count > 0 ? string.Join(", ", inherited) : "the environment is empty")));
        foreach (var result in Probes.Run())
        {
            Console.Out.WriteLine(SandboxExamination.LineOf(result));
        }

        return ExitCode.Fine;
    }

    static IEnumerable<Finding> Machine() =>
    [
        new("machine", "recon", Health.Fine, typeof(DoctorCommand).Assembly.GetName().Version?.ToString(3) ?? ""),
        new("machine", "system", Health.Fine, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
        new("machine", "runtime", Health.Fine, $"{RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors, "
            + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB for it"),
        TimeZones(),
    ];

    // A pack names its zones; a container without them reads no clock of theirs.
    static Finding TimeZones() => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _)
        ? new("machine", "time zones", Health.Fine, "there")
        : new("machine", "time zones", Health.Missing, "install tzdata; packs that name a zone cannot be run");

    static Section SectionOf(IReadOnlyList<Finding> findings) => new(
        "What is in force, and what is missing",
        [new("area", IsWhole: true), new("what"), new("state", IsWhole: true), new("said")],
        [.. findings.Select(finding => (IReadOnlyList<string>)[finding.Area, finding.Name, WordOf(finding.Health), finding.Said])],
        "Nothing was looked at.");

    static string WordOf(Health health) => health.ToString().ToLower(CultureInfo.InvariantCulture);

    static void WriteJson(IReadOnlyList<Finding> findings, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteString("format_version", "1.0");
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("area", finding.Area);
            json.WriteString("name", finding.Name);
            json.WriteString("state", WordOf(finding.Health));
            json.WriteString("said", finding.Said);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
