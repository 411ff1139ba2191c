// Every statement file, real and own: what is read, and whether it foots.
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class StatementCaseTests
{
    public static TheoryData<string> Camt => [.. SourceCases.Below("camt")];

    public static TheoryData<string> Mt940 => [.. SourceCases.Below("mt940")];

    [Theory]
    [MemberData(nameof(Camt))]
    public void A_camt_file_is_read_as_expected(string name) => Check(ReadFormat.Camt053, name);

    [Theory]
    [MemberData(nameof(Mt940))]
    public void An_mt940_file_is_read_as_expected(string name) => Check(ReadFormat.Mt940, name);

    static void Check(ReadFormat format, string name) => SourceCases.Compare(name, SourceCases.Outcome(
        () => SourceCases.Read(Path.Combine(SourceCases.Root, Path.GetDirectoryName(name)!), SourceCases.Source(format, Path.GetFileName(name))),
        SourceCases.Statements));
}
