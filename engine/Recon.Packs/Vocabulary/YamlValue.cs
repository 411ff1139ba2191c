// A piece of YAML as the JSON value that an editor sees, by the core schema of YAML 1.2.
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Recon.Packs.Diagnosing;
using Recon.Packs.Reading;
using Recon.Packs.Syntax;

namespace Recon.Packs.Vocabulary;

static class YamlValue
{
    /// <summary>An example of the table, as it stands behind a key.</summary>
    public static JsonNode? Of(string yaml)
    {
        var report = new Report();
        var file = PackFileReader.Read(new PackText("example", Encoding.UTF8.GetBytes($"example: {yaml}\n")), report);
        var root = file is null ? null : SyntaxReader.Read(file, report);
        return root is null || report.HasErrors ? JsonValue.Create(yaml) : Of(root.Entries[0].Value);
    }

    /// <summary>A scalar without quotes.</summary>
    public static JsonNode? OfPlain(string text)
    {
        if (text is "true" or "false")
        {
            return JsonValue.Create(text == "true");
        }

        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    static JsonNode? Of(Node node) => node switch
    {
        ScalarNode { IsNull: true } => null,
        ScalarNode { Form: ScalarForm.Plain } plain => OfPlain(plain.Text),
        ScalarNode scalar => JsonValue.Create(scalar.Text),
        ListNode list => new JsonArray([.. list.Items.Select(Of)]),
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Of(entry.Value)))),
        _ => null,
    };
}
