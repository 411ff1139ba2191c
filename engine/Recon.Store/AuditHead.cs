// The last entry of the audit chain as somebody keeps it elsewhere: a store cannot tell by itself that its end was cut off.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Recon.Store;

/// <summary>Written <c>SEQ:HASH</c>.</summary>
/// <param name="Seq">From 1.</param>
/// <param name="Hash">64 hex digits in lower case.</param>
public sealed partial record AuditHead(long Seq, string Hash)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out AuditHead? head)
    {
        head = Form().IsMatch(text) && text.Split(':') is [var seq, var hash]
            ? new AuditHead(long.Parse(seq, CultureInfo.InvariantCulture), hash)
            : null;
        return head is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq}:{Hash}");

    [GeneratedRegex(@"^[1-9][0-9]{0,17}:[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
