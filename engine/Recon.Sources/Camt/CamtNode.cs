// A small part of an XML document, by local names: one entry or balance at a time.
using System.Text;
using System.Xml;
using Recon.Model;

namespace Recon.Sources.Camt;

/// <summary>An element without its namespace: the thirteen versions of camt.053 differ there and little else.</summary>
sealed class CamtNode(string name, int line)
{
    readonly List<CamtNode> _children = [];
    readonly StringBuilder _text = new();

    public string Name => name;

    /// <summary>Line of the start tag, from 1.</summary>
    public int Line => line;

    /// <summary>The <c>Ccy</c> attribute, null where there is none.</summary>
    public string? Currency { get; private set; }

    /// <summary>Text of the element itself, trimmed; null where it is empty.</summary>
    public string? Value => _text.ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The first element at a path of local names: <c>Refs/EndToEndId</c>.</summary>
    public CamtNode? At(string path)
    {
        var node = this;
        foreach (var part in path.Split('/'))
        {
            node = node._children.Find(child => child.Name == part);
            if (node is null)
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>Text of the first of the paths that has any.</summary>
    public string? Text(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (At(path)?.Value is { } text)
            {
                return text;
            }
        }

        return null;
    }

    public IEnumerable<CamtNode> All(string child) => _children.Where(node => node.Name == child);

    /// <summary>Reads the element on which the reader stands, and moves behind it.</summary>
    public static CamtNode Read(XmlReader reader)
    {
        var (root, space) = (Open(reader), reader.NamespaceURI);
        var path = new Stack<CamtNode>([root]);
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return root;
        }

        var nodes = 0;
        while (path.Count > 0 && CamtBounds.Read(reader))
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    ThrowIfForeign(reader, space, path);
                    var node = Open(reader);
                    CamtBounds.ThrowIfMany(reader, ++nodes);
                    path.Peek()._children.Add(node);
                    Descend(reader, path, node);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    path.Peek()._text.Append(reader.Value);
                    CamtBounds.ThrowIfLong(reader, path.Peek()._text.Length);
                    break;
                case XmlNodeType.EndElement:
                    path.Pop();
                    break;
                default:
                    break;
            }
        }

        reader.Read();
        return root;
    }

    // Only the extensions of a bank have names of their own.
    static void ThrowIfForeign(XmlReader reader, string space, Stack<CamtNode> path)
    {
        if (reader.NamespaceURI != space && path.All(node => node.Name != "SplmtryData"))
        {
            CamtBounds.ThrowIfForeign(reader, space);
        }
    }

    static void Descend(XmlReader reader, Stack<CamtNode> path, CamtNode node)
    {
        if (!reader.IsEmptyElement)
        {
            path.Push(node);
        }
    }

    static CamtNode Open(XmlReader reader)
    {
        Require.That(reader.NodeType == XmlNodeType.Element);
        var line = ((IXmlLineInfo)reader).LineNumber;
        return new CamtNode(reader.LocalName, line) { Currency = reader.GetAttribute("Ccy") };
    }
}
