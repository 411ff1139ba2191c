// Reads an MT940 file (SWIFT customer statement, with or without block headers) as rows and statements.
using System.Text.RegularExpressions;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources.Mt940;

static partial class Mt940Reader
{
    public static void Read(InputStream input, TableBuilder table)
    {
        var fields = Mt940Fields.Of(Mt940Text.Lines(input, table), table);
        ThrowIfOther(fields, table);
        Mt940Statement? statement = null;
        foreach (var field in fields)
        {
            if (field.Tag is Mt940Field.Begin or Mt940Field.End or "940" or "20")
            {
                statement?.Finish();
                statement = null;
            }
            else if (statement?.IsPageEndedBy(field) == true)
            {
                statement.Finish();
                statement = statement.NextPage(field.Line);
            }

            if (IsStray(field, statement))
            {
                table.Reject(field.Line, "text that belongs to no field of MT940", Mt940Statement.Content(field));
            }
            else if (OfStatement(field, begins: statement is null))
            {
                statement ??= new Mt940Statement(table, field.Line);
                statement.Take(field);
            }
        }

        statement?.Finish();
    }

    // Behind the closing balance there is no entry, whatever its tag.
    static bool IsStray(Mt940Field field, Mt940Statement? statement) =>
        field.Tag == Mt940Field.Stray || (field.Tag == Mt940Field.Mistagged && statement?.TakesEntries != true);

    static bool OfStatement(Mt940Field field, bool begins) => field.Tag switch
    {
        Mt940Field.Begin or Mt940Field.End or "940" => false,
        "86" or "NS" or "64" or "65" => !begins,
        _ => true,
    };

    static void ThrowIfOther(List<Mt940Field> fields, TableBuilder table)
    {
        foreach (var header in fields.Where(field => field.Tag == Mt940Field.Begin))
        {
            if (MessageType.Match(header.First) is { Success: true } type
                && type.Groups[1].Value is not ("940" or "950"))
            {
                throw table.Fault(header.Line, Refusal(type.Groups[1].Value));
            }
        }

        var hasBalance = fields.Any(field => field.Tag is ['6', '0' or '2', ..]);
        if (!hasBalance && fields.Find(field => field.Tag is "34F" or "13D" or "90C" or "90D") is { } interim)
        {
            throw table.Fault(interim.Line, Refusal("942"));
        }

        if (!fields.Exists(field => field.Tag is "20" or "25" or "25P" or "61"
            || field.Tag is ['6', '0' or '2', ..]))
        {
            throw table.Fault(0,
                "this is not an MT940 statement: it has no field :20:, :25:, :60F:, :61: or :62F:");
        }
    }

    static string Refusal(string type) => type switch
    {
        "942" => "this is an MT942 (interim report without balances), not an MT940 statement; "
            + "its entries are not final",
        _ => $"this is an MT{type}, not an MT940 statement",
    };

    [GeneratedRegex(@"\{2:[IO](\d{3})", RegexOptions.CultureInvariant)]
    static partial Regex MessageType { get; }
}
