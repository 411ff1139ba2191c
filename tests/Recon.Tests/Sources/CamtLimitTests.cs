// camt files built to harm: each ends in a fault that names the bound, before it costs memory.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class CamtLimitTests
{
    const int OneMiB = 1 << 20;

    const string Begin = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
        """;

    const string Statement = """
        <Stmt><Id>1</Id><Acct><Id><IBAN>DE1</IBAN></Id><Ccy>EUR</Ccy></Acct>
        """;

    const string End = "</Stmt></BkToCstmrStmt></Document>";

    const string TooFar = "more than 1 MiB without a new element: no bank writes a text or tag so long";

    static readonly string Long = new('y', 3 * OneMiB);

    static readonly string Deep = string.Concat(Enumerable.Repeat("<a>", 200_000));

    static IReadOnlyDictionary<string, (string Text, string Fault)> Files { get; } = new Dictionary<string, (string, string)>
    {
        ["a file of another kind over the network"] =
            ("<!DOCTYPE d SYSTEM \"http://127.0.0.1/d.dtd\">" + Begin + Statement + Entry("x") + End, "a document type (DTD) is refused"),
        ["another file as an entity"] =
            ("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + Begin + Statement + Entry("&x;") + End, "a document type (DTD) is refused"),
        ["a billion laughs"] = (
            "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
                + Begin + Statement + Entry("&c;") + End,
            "a document type (DTD) is refused"),
        ["an entity that nothing declares"] = (Begin + Statement + Entry("&x;") + End, "Reference to undeclared entity 'x'"),
        ["a deep header, which is passed over"] = (Begin + "<GrpHdr>" + Deep, "line 1: elements nested more than 64 deep"),
        ["a deep part of a statement"] = (Begin + Statement + "<Other>" + Deep, "line 1: elements nested more than 64 deep"),
        ["a deep entry"] = (Begin + Statement + "<Ntry>" + Deep, "line 1: elements nested more than 64 deep"),
        ["depth behind the statements"] =
            (Begin + Statement + Entry("x") + "</Stmt></BkToCstmrStmt>" + Deep, "line 1: elements nested more than 64 deep"),
        ["a long text"] = (Begin + Statement + Entry(Long) + End, TooFar),
        ["a long text that is passed over"] = (Begin + "<GrpHdr>" + Long + "</GrpHdr>" + Statement + Entry("x") + End, TooFar),
        ["a long text in pieces"] = (
            Begin + Statement + Entry(string.Concat(Enumerable.Repeat("<![CDATA[" + new string('y', 1000) + "]]>", 1_100))) + End,
            "line 1: a text of more than 1 MiB"),
        ["a long number of the account"] = (Begin + Statement.Replace("DE1", Long, StringComparison.Ordinal) + Entry("x") + End, TooFar),
        ["a long attribute"] = (Begin + Statement + $"<Ntry a=\"{Long}\"/>" + End, TooFar),
        ["a long name"] = (Begin + Statement + $"<{Long}/>" + End, TooFar),
        ["many attributes"] =
            (Begin + Statement + "<Ntry " + string.Join(' ', Enumerable.Range(0, 300_000).Select(i => $"a{i}=''")) + "/>" + End, TooFar),
        ["many namespaces"] =
            (Begin + Statement + "<Ntry " + string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"xmlns:a{i}='u'")) + "/>" + End, TooFar),
        ["many elements"] = (
            Begin + Statement + "<Ntry>" + string.Concat(Enumerable.Repeat("<a/>", 4_000_001)), "line 1: more than 4000000 elements in one entry"),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_beyond_a_bound_is_a_fault_that_names_it(string name)
    {
        var (text, expected) = Files[name];
        var fault = Assert.Throws<ReconException>(() => Read(Encoding.UTF8.GetBytes(text)));
        Assert.StartsWith("a.xml: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
    }

    // ļ is U+013C: one of its two bytes is that of the mark.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_long_text_in_utf_16_is_seen_whatever_its_bytes(bool isBigEndian)
    {
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        var text = Begin + Statement + Entry(new string('x', 2000)) + Entry(new string('\u013C', OneMiB)) + End;
        Assert.Contains(
            TooFar,
            Assert.Throws<ReconException>(() => Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)])).Message,
            StringComparison.Ordinal);
        var fine = Begin + Statement + Entry(new string('x', 2000)) + Entry(new string('\u013C', OneMiB / 8)) + End;
        Assert.Equal(2, Read([.. encoding.GetPreamble(), .. encoding.GetBytes(fine)]).Count);
    }

    static string Entry(string note) =>
        "<Ntry><Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-02-27</Dt></BookgDt>"
        + $"<ValDt><Dt>2026-02-27</Dt></ValDt><AddtlNtryInf>{note}</AddtlNtryInf></Ntry>";

    static RawTable Read(byte[] bytes)
    {
        using var inputs = new InputFiles();
        inputs.Write("a.xml", bytes);
        return SourceCases.Read(inputs.Root, SourceCases.Source(ReadFormat.Camt053, "a.xml", SourceCases.Csv));
    }
}
