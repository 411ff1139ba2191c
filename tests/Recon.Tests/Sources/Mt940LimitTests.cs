// MT940 files built to harm: each ends in a fault that names the bound and the line.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class Mt940LimitTests
{
    const string Begin = ":20:STARTUMS\n:25:12345678/1020304050\n:28C:1/1\n:60F:C260105EUR500,00\n";
    const string Entry = ":61:2601050105D1,00NTRFNONREF\n";
    const string End = ":62F:C260105EUR499,00\n-\n";

    static readonly string Long = new('y', 10_000_000);

    static readonly string Lines = string.Concat(Enumerable.Repeat("sixty-five characters of text that go on and on and on and on ...\n", 20_000));

    static IReadOnlyDictionary<string, (string Text, string Fault)> Files { get; } = new Dictionary<string, (string, string)>
    {
        ["a long line of details"] = (Begin + Entry + ":86:" + Long + "\n" + End, "line 6: a line of more than 65536 characters"),
        ["a long line behind the closing balance"] = (Begin + Entry + End[..^2] + Long + "\n-\n", "line 7: a line of more than 65536 characters"),
        ["a long line before the first field"] = (Long + "\n" + Begin + Entry + End, "line 1: a line of more than 65536 characters"),
        ["many lines of details"] = (Begin + Entry + ":86:" + Lines + End, "line 6: more than 1048576 characters up to the next field"),
        ["many lines before the first field"] = (Lines + Begin + Entry + End, "line 1: more than 1048576 characters up to the next field"),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_beyond_a_bound_is_a_fault_that_names_it(string name)
    {
        var (text, expected) = Files[name];
        using var inputs = new InputFiles();
        inputs.Write("a.sta", Encoding.UTF8.GetBytes(text));
        var fault = Assert.Throws<ReconException>(
            () => SourceCases.Read(inputs.Root, SourceCases.Source(ReadFormat.Mt940, "a.sta", SourceCases.Csv)));
        Assert.Equal($"a.sta: {expected}", fault.Message);
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
    }
}
