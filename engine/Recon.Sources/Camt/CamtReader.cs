// Reads a camt.053 file (ISO 20022 bank-to-customer statement, 001.02 to 001.13) as rows and statements.
using System.Text.RegularExpressions;
using System.Xml;
using Recon.Model;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources.Camt;

/// <summary>Streams the document: only one entry is held at a time, within <see cref="CamtBounds"/>. No DTD, no entities, nothing fetched.</summary>
static partial class CamtReader
{
    // 1 GiB of characters: about a million entries.
    const long MaxCharacters = 1L << 30;

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static void Read(InputStream input, TableBuilder table)
    {
        ThrowIfOther(input, table);
        try
        {
            using var reader = XmlReader.Create(new MarkupBound(input), Settings);
            ReadDocument(reader, table);
        }
        catch (CamtBoundException bound)
        {
            throw table.Fault(bound.Line, bound.Message);
        }
        catch (XmlException exception)
        {
            var place = exception.LineNumber > 0
                ? $"line {exception.LineNumber}, column {exception.LinePosition}: "
                : "";
            throw new ReconException($"{table.File}: {place}{Sentence(exception, input)}", FaultKind.InputWrong,
                inner: exception);
        }
        catch (Exception exception) when (
            exception is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // The reader's answer to an encoding that it does not know, or that the bytes are not of.
            throw new ReconException(
                $"{table.File}: the XML cannot be decoded: {Printable.Of(exception.Message)}",
                FaultKind.InputWrong, inner: exception);
        }
    }

    static void ThrowIfOther(InputStream input, TableBuilder table)
    {
        var head = input.Head();
        if (head.Length == 0)
        {
            throw table.Fault(0, "the file is empty (0 bytes), not a camt.053 statement");
        }

        var isXml = head.IndexOf((byte)'<') is >= 0 and < 8;
        var kind = ContentKind.Binary(head) is { } binary && ContentKind.IsBigEndianUtf16(head) is null
            ? binary
            : isXml ? null : ContentKind.Markup(head) ?? "plain text";
        if (kind is not null)
        {
            throw table.Fault(0, $"this is not a camt.053 statement, it looks like {kind}");
        }
    }

    static void ReadDocument(XmlReader reader, TableBuilder table)
    {
        reader.MoveToContent();
        if (reader.LocalName == "Document" && !reader.IsEmptyElement)
        {
            reader.ReadStartElement();
            reader.MoveToContent();
        }

        var line = ((IXmlLineInfo)reader).LineNumber;
        if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "BkToCstmrStmt")
        {
            throw table.Fault(line,
                $"this is not a camt.053 statement (001.02 to 001.13): {Kind(reader.LocalName)}");
        }

        if (!Namespace.IsMatch(reader.NamespaceURI))
        {
            throw table.Fault(line, $"this is not a camt.053 statement (001.02 to 001.13): {KindOf(reader.NamespaceURI)}");
        }

        var before = table.NextStatement;
        ReadStatements(reader, table);
        while (CamtBounds.Read(reader))
        {
            ThrowIfSecond(reader, table);
        }

        if (table.NextStatement == before)
        {
            throw table.Fault(line, "the message has no statement (no Stmt element)");
        }
    }

    static void ReadStatements(XmlReader reader, TableBuilder table)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        reader.ReadStartElement();
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            if (reader.LocalName == "Stmt")
            {
                new CamtStatement(table, ((IXmlLineInfo)reader).LineNumber).Read(reader);
            }
            else
            {
                CamtBounds.Skip(reader);
            }
        }

        CamtBounds.ThrowIfText(reader);
    }

    // Its statements would be passed over.
    static void ThrowIfSecond(XmlReader reader, TableBuilder table)
    {
        if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "BkToCstmrStmt")
        {
            throw table.Fault(((IXmlLineInfo)reader).LineNumber, "a second message in one document (BkToCstmrStmt)");
        }
    }

    // A program that makes test files may leave the namespace out; a bank never does.
    static string KindOf(string space) =>
        space.Length == 0 ? "it has no namespace; expected urn:iso:std:iso:20022:tech:xsd:camt.053.001.08 or another version"
        : space.EndsWith(":camt.053.001.01", StringComparison.Ordinal) ? Kind("BkToCstmrStmtV01")
        : space.Contains(":camt.052.", StringComparison.Ordinal) ? Kind("BkToCstmrAcctRpt")
        : space.Contains(":camt.054.", StringComparison.Ordinal) ? Kind("BkToCstmrDbtCdtNtfctn")
        : $"its namespace is '{Printable.Of(space)}'";

    [GeneratedRegex(@"^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(0[2-9]|1[0-3])\z", RegexOptions.CultureInvariant)]
    static partial Regex Namespace { get; }

    [GeneratedRegex("does not support '(?<name>[^']+)' encoding", RegexOptions.CultureInvariant)]
    static partial Regex UnknownEncoding { get; }

    // By the words of .NET, which calls all of them broken XML.
    static string? EncodingFault(string message, InputStream input)
    {
        if (UnknownEncoding.Match(message) is { Success: true } unknown)
        {
            var name = Printable.Of(unknown.Groups["name"].Value);
            return $"the first line says encoding=\"{name}\", which is not read; write the file in UTF-8 (iconv -f {name} -t UTF-8)"
                + " and say so in its first line";
        }

        if (message.Contains("0x00", StringComparison.Ordinal) && ContentKind.IsBigEndianUtf16(input.Head()) is not null)
        {
            return "the file is UTF-16, but its first line says another encoding; say encoding=\"UTF-16\" there, or write the file in UTF-8";
        }

        return message.Contains("Cannot switch to Unicode", StringComparison.Ordinal)
            ? "the first line says encoding=\"UTF-16\", but the file is not; say there what it is, such as encoding=\"UTF-8\""
            : message.Contains("Invalid character in the given encoding", StringComparison.Ordinal)
            ? "a byte that is not of the encoding which the first line says (UTF-8 where it says none); say there what it is"
                + " (utf-8, utf-16, iso-8859-1), or write the file in UTF-8"
            : null;
    }

    static string Kind(string element) => element switch
    {
        "BkToCstmrStmtV01" => "it is camt.053.001.01, whose entries are built otherwise",
        _ when element.StartsWith("BkToCstmrAcctRpt", StringComparison.Ordinal) =>
            "it is a camt.052 account report (intraday; its entries are not final)",
        _ when element.StartsWith("BkToCstmrDbtCdtNtfctn", StringComparison.Ordinal) =>
            "it is a camt.054 notification of debits and credits (it has no balances)",
        "" => "the document is empty",
        _ => $"its content is '{Printable.Of(element)}'",
    };

    static string Sentence(XmlException exception, InputStream input)
    {
        if (EncodingFault(exception.Message, input) is { } encoding)
        {
            return encoding;
        }

        if (exception.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return "a document type (DTD) is refused: it can make a small file huge, or read another one";
        }

        // .NET repeats the place at the end of its messages.
        var place = exception.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return "half-written or broken XML: "
            + Printable.Of(place > 0 ? exception.Message[..place] : exception.Message);
    }
}
