// What a service says of itself: one line of JSON for each event.
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recon.Schedule;

/// <summary>Lines of JSON with <c>at</c>, <c>level</c>, <c>event</c>, <c>node</c> and the facts of the event; facts without a value are left out.</summary>
/// <remarks>Never values of rows. Safe for any number of threads.</remarks>
public sealed class JsonLog(TextWriter target, string node, TimeProvider clock)
{
    // A message of a driver may be long; what is cut stands in the store.
    const int LongestText = 1000;

    readonly Lock _turn = new();

    public void Write(string name, params ReadOnlySpan<(string Name, object? Value)> facts) => Write("info", name, facts);

    public void Error(string name, params ReadOnlySpan<(string Name, object? Value)> facts) => Write("error", name, facts);

    void Write(string level, string name, ReadOnlySpan<(string Name, object? Value)> facts)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("at", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", level);
            json.WriteString("event", name);
            json.WriteString("node", node);
            foreach (var (fact, value) in facts)
            {
                WriteFact(json, fact, value);
            }

            json.WriteEndObject();
        }

        lock (_turn)
        {
            target.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
            target.Flush();
        }
    }

    static void WriteFact(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case double number:
                json.WriteNumber(name, number);
                break;
            default:
                var text = value.ToString()!;
                json.WriteString(name, text.Length > LongestText ? text[..LongestText] : text);
                break;
        }
    }
}
