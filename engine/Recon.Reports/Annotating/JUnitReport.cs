// Checks as JUnit's XML, as every build server reads it.
using System.Globalization;
using System.Text;
using System.Xml;
using Recon.Reports.Sections;

namespace Recon.Reports.Annotating;

/// <summary>One check of a suite.</summary>
/// <param name="Group">What it belongs to: a build server shows it before the name.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
/// <param name="Skipped">Why it says nothing; null where it does.</param>
/// <param name="Output">What else there is to say; null for nothing.</param>
public sealed record JUnitCase(string Group, string Name, string? Failure = null, string? Skipped = null, string? Output = null)
{
    /// <summary>Where it stands, as <c>rules/pack.test.yaml:14</c>.</summary>
    public string? Place { get; init; }
}

/// <summary>Checks that belong together, such as those of a pack.</summary>
public sealed record JUnitSuite(string Name, IReadOnlyList<JUnitCase> Cases);

/// <summary>Suites in the order given; no times, so that equal results give equal bytes.</summary>
public static class JUnitReport
{
    static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CloseOutput = false };

    /// <summary>Writes the suites as UTF-8 without BOM.</summary>
    public static void Write(IReadOnlyList<JUnitSuite> suites, Stream target)
    {
        using (var xml = XmlWriter.Create(target, Settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, [.. suites.SelectMany(suite => suite.Cases)]);
            foreach (var suite in suites)
            {
                xml.WriteStartElement("testsuite");
                Write(xml, "name", suite.Name);
                WriteCounts(xml, suite.Cases);
                foreach (var each in suite.Cases)
                {
                    WriteCase(xml, each);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        target.WriteByte((byte)'\n');
    }

    static void WriteCounts(XmlWriter xml, IReadOnlyList<JUnitCase> cases)
    {
        Write(xml, "tests", Number(cases.Count));
        Write(xml, "failures", Number(cases.Count(each => each.Failure is not null)));
        Write(xml, "errors", "0");
        Write(xml, "skipped", Number(cases.Count(each => each.Skipped is not null)));
    }

    static void WriteCase(XmlWriter xml, JUnitCase each)
    {
        xml.WriteStartElement("testcase");
        Write(xml, "classname", each.Group);
        Write(xml, "name", each.Name);
        if (each.Place is { } place)
        {
            Write(xml, "file", place);
        }

        if (each.Failure is { } failure)
        {
            xml.WriteStartElement("failure");
            Write(xml, "message", failure.Split('\n')[0]);
            xml.WriteString(Plain(failure));
            xml.WriteEndElement();
        }

        if (each.Skipped is { } skipped)
        {
            xml.WriteStartElement("skipped");
            Write(xml, "message", skipped);
            xml.WriteEndElement();
        }

        if (each.Output is { } output)
        {
            xml.WriteElementString("system-out", Plain(output));
        }

        xml.WriteEndElement();
    }

    static void Write(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Plain(value));

    static string Plain(string text) => PlainText.WellFormed(text);

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
