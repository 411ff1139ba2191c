// How deep, wide and long the parts of a camt file may be; whoever meets a bound says which.
using System.Xml;
using Recon.Sources.Files;

namespace Recon.Sources.Camt;

static class CamtBounds
{
    // The deepest path of the standard has 17 elements, Document and Stmt among them.
    const int MaxDepth = 64;

    // A batch of a hundred thousand transactions in one entry has about three million.
    const int MaxElements = 4_000_000;

    // 1 Mi characters: as many as the longest cell of a CSV file has bytes. The standard allows 500.
    const int MaxTextLength = 1 << 20;

    /// <summary>Reads on to the next node, at a bounded depth: the parser keeps each element that is open.</summary>
    /// <exception cref="CamtBoundException">Nested too deep.</exception>
    public static bool Read(XmlReader reader)
    {
        var read = reader.Read();
        return reader.Depth <= MaxDepth ? read : throw Met(reader, $"elements nested more than {MaxDepth} deep");
    }

    /// <summary>Moves behind the element on which the reader stands.</summary>
    /// <exception cref="CamtBoundException">Something in it is nested too deep.</exception>
    public static void Skip(XmlReader reader)
    {
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            while (Read(reader) && reader.Depth > depth)
            {
            }
        }

        Read(reader);
    }

    public static void ThrowIfMany(XmlReader reader, int elements)
    {
        if (elements > MaxElements)
        {
            throw Met(reader, $"more than {MaxElements} elements in one entry");
        }
    }

    public static void ThrowIfLong(XmlReader reader, int characters)
    {
        if (characters > MaxTextLength)
        {
            throw Met(reader, "a text of more than 1 MiB");
        }
    }

    /// <summary>Where elements were read up to the end of the one around them, only that end may stand: what follows a text would be passed over.</summary>
    /// <exception cref="CamtBoundException">A text stands there.</exception>
    public static void ThrowIfText(XmlReader reader)
    {
        if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
        {
            throw Met(reader, $"text where only elements may stand: '{Printable.Of(reader.Value)}'");
        }
    }

    /// <summary>An element of another namespace is no part of the statement, whatever its name.</summary>
    /// <exception cref="CamtBoundException">It is of another one.</exception>
    public static void ThrowIfForeign(XmlReader reader, string space)
    {
        if (reader.NamespaceURI != space)
        {
            var (name, other) = (Printable.Of(reader.LocalName), Printable.Of(reader.NamespaceURI));
            throw Met(reader, $"the element {name} is of the namespace '{other}', the statement of '{space}'");
        }
    }

    static CamtBoundException Met(XmlReader reader, string what) => new(what, ((IXmlLineInfo)reader).LineNumber);
}

/// <summary>A part of the file is larger than any bank writes it, or of no camt.053.</summary>
sealed class CamtBoundException(string message, int line) : Exception(message)
{
    /// <summary>From 1.</summary>
    public int Line => line;
}
