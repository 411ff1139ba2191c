// The table of the language as a JSON schema, for editors.
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recon.Packs.Reading;

namespace Recon.Packs.Vocabulary;

/// <summary>JSON Schema, draft 2020-12. What it refuses the binders refuse too; the reverse does not hold: it knows no names and no C#.</summary>
sealed class JsonSchema
{
    const string Draft = "https://json-schema.org/draft/2020-12/schema";

    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    readonly SortedDictionary<string, JsonObject> _shapes = new(StringComparer.Ordinal);

    public static string Of(Shape root, string title)
    {
        var schema = new JsonSchema();
        var top = schema.Mapping(root);
        var definitions = new JsonObject();
        foreach (var (id, shape) in schema._shapes)
        {
            definitions[id] = shape;
        }

        var document = new JsonObject { ["$schema"] = Draft, ["title"] = title };
        foreach (var (key, value) in top.ToList())
        {
            document[key] = value?.DeepClone();
        }

        document["$defs"] = definitions;
        return document.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
    }

    JsonObject Reference(Shape shape)
    {
        if (!_shapes.ContainsKey(shape.Id))
        {
            _shapes[shape.Id] = [];
            _shapes[shape.Id] = Mapping(shape);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{shape.Id}" };
    }

    JsonObject Mapping(Shape shape)
    {
        var properties = new JsonObject();
        foreach (var member in shape.Members)
        {
            properties[member.Key] = Property(member);
        }

        var schema = new JsonObject { ["description"] = shape.What, ["type"] = "object", ["properties"] = properties };
        Needs(schema, shape);
        schema["additionalProperties"] = shape.Others is { } others ? Of(others.Value) : false;
        if (shape.Others is { Keys: { } keys })
        {
            schema["propertyNames"] = new JsonObject { ["pattern"] = keys };
        }

        return schema;
    }

    // A copy needs its name alone: the rest is in what it copies.
    static void Needs(JsonObject schema, Shape shape)
    {
        var needed = shape.Members.Where(member => member.IsNeeded).Select(member => member.Key).ToList();
        var whole = schema;
        if (shape.Find(CopiedRules.Like) is { IsNeeded: false })
        {
            schema["required"] = Texts(needed[..1]);
            schema["if"] = new JsonObject { ["required"] = Texts([CopiedRules.Like]) };
            schema["else"] = whole = [];
        }

        if (needed.Count > 0)
        {
            whole["required"] = Texts(needed);
        }

        Choice(whole, "oneOf", shape.OneOf);
        Choice(whole, "anyOf", shape.AnyOf);
    }

    JsonObject Property(Member member)
    {
        var schema = Of(member.Form);
        schema["description"] = member.Standard is { } standard ? $"{member.What} Default: {standard}." : member.What;
        if (member.Examples.Count > 0)
        {
            schema["examples"] = new JsonArray([.. member.Examples.Select(YamlValue.Of)]);
        }

        return schema;
    }

    static void Choice(JsonObject schema, string keyword, IReadOnlyList<string> keys)
    {
        if (keys.Count > 0)
        {
            schema[keyword] = new JsonArray([.. keys.Select(key => new JsonObject { ["required"] = Texts([key]) })]);
        }
    }

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    JsonObject Of(Form form) => form switch
    {
        Form.Text text => OfText(text),
        Form.Word words => new JsonObject { ["enum"] = new JsonArray([.. words.Words.Select(YamlValue.OfPlain)]) },
        Form.Whole whole => OfWhole(whole),
        Form.Nothing => new JsonObject { ["type"] = "null" },
        Form.Name => new JsonObject { ["type"] = "string" },
        Form.Code => new JsonObject { ["type"] = Texts(["string", "boolean"]) },
        Form.Mapping mapping => Reference(mapping.Shape),
        Form.Named named => OfNamed(named),
        Form.Sequence sequence => OfSequence(sequence),
        Form.Either either => new JsonObject { ["anyOf"] = new JsonArray([.. either.Forms.Select(Of)]) },
        Form.ByKey kinds => OfKinds(kinds),
        _ => throw new InvalidOperationException($"bug: no schema for {form}"),
    };

    // What YAML takes for a number or a truth value is text to a pack.
    static JsonObject OfText(Form.Text text)
    {
        if (text.Pattern is not { } pattern)
        {
            return new JsonObject { ["type"] = Texts(["string", "number", "boolean"]) };
        }

        var schema = new JsonObject { ["type"] = text.OrNumber ? Texts(["string", "number"]) : "string" };
        schema["pattern"] = pattern;
        return schema;
    }

    static JsonObject OfWhole(Form.Whole whole) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = whole.Least, ["maximum"] = whole.Most },
            new JsonObject { ["type"] = "string", ["pattern"] = Forms.WholeText }),
    };

    JsonObject OfNamed(Form.Named named)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(named.Value) };
        if (named.Keys is { } keys)
        {
            schema["propertyNames"] = new JsonObject { ["pattern"] = keys };
        }

        return schema;
    }

    JsonObject OfSequence(Form.Sequence sequence)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Of(sequence.Item) };
        if (sequence.Least > 0)
        {
            schema["minItems"] = sequence.Least;
        }

        return schema;
    }

    // By the key that only they have, so that an editor speaks of the mapping that was meant.
    JsonObject OfKinds(Form.ByKey kinds)
    {
        var schema = Reference(kinds.Otherwise);
        foreach (var (key, shape) in kinds.Marked.Reverse())
        {
            schema = new JsonObject
            {
                ["if"] = new JsonObject { ["required"] = Texts([key]) },
                ["then"] = Reference(shape),
                ["else"] = schema,
            };
        }

        schema["type"] = "object";
        return schema;
    }
}
