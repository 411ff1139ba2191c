// A posting as JSON, the same for every target.
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recon.Runs.Ports;

namespace Recon.Delivery;

static class PostingJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line without its end. Amounts are texts: no reader rounds them.</summary>
    public static void Write(Stream target, OutboxPosting posting)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("key", posting.Key);
        json.WriteString("effect", posting.Effect);
        json.WriteString("pack", posting.PackId);
        json.WriteString("rule", posting.Rule);
        json.WriteString("business_date", posting.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("run", posting.RunId);
        json.WriteString("to", posting.To);
        json.WriteString("debit", posting.Debit);
        json.WriteString("credit", posting.Credit);
        json.WriteString("amount", posting.Amount.Number.ToString());
        json.WriteString("currency", posting.Amount.Currency);
        json.WriteString("break", posting.Break);
        json.WriteEndObject();
    }
}
