// The key of a posting and the hash of its effect.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Correcting;

/// <summary>
/// Hashes that stay the same over days, versions of the pack, machines and neighbouring rows: numbers are written
/// without trailing zeros, whatever the scale of their column.
/// </summary>
public static class PostingKey
{
    /// <summary>
    /// First 32 hex digits (lower case) of the SHA-256 over pack id, the rule's <c>for</c> and the values of <c>once</c>:
    /// texts as UTF-8 behind their length, each value of <c>once</c> as the number of its members and then every member
    /// in id order behind a byte (0 NULL, 1 text). A source that is not in the break has no members.
    /// </summary>
    internal static string Of(Pack pack, ResolutionSpec rule, Subject subject)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, pack.Id);
        AppendText(hash, rule.For);
        foreach (var once in rule.Once)
        {
            AppendValues(hash, pack, once, subject);
        }

        return FirstDigits(hash);
    }

    /// <summary>First 32 hex digits of the SHA-256 over target, accounts, amount and currency.</summary>
    public static string Effect(string to, string debit, string credit, Money amount)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, to);
        AppendText(hash, debit);
        AppendText(hash, credit);
        AppendText(hash, amount.Number.Trimmed().ToString());
        AppendText(hash, amount.Currency);
        return FirstDigits(hash);
    }

    /// <summary>First 32 hex digits of the SHA-256 over the word <c>reversal</c> and the key of the reversed posting.</summary>
    public static string OfReversal(string key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, "reversal");
        AppendText(hash, key);
        return FirstDigits(hash);
    }

    static void AppendValues(IncrementalHash hash, Pack pack, OnceValue once, Subject subject)
    {
        if (once.Source is null)
        {
            AppendNumber(hash, 1);
            AppendMember(hash, pack.Id);
            return;
        }

        var side = subject.View.SideOf(once.Source);
        var rows = side < 0 ? [] : subject.Rows[side];
        AppendNumber(hash, rows.Length);
        foreach (var row in rows)
        {
            AppendMember(hash, Canonical(ColumnOf(subject.View.Tables[side], once.Field!, row), row));
        }
    }

    // What is left of a record has the field of its id in common with the record, and an id of its own.
    static Column ColumnOf(RecordTable table, string field, int row) =>
        field == table.Source.Id && table.Origins.Residuals.ContainsKey(row) ? table.Ids : LegView.ColumnOf(table, field);

    static string? Canonical(Column column, int row) => column switch
    {
        _ when column.IsNull(row) => null,
        MoneyColumn money => $"{money.Number(row).Trimmed()} {money.CurrencyOf(row)}",
        NumberColumn numbers => numbers.Number(row).Trimmed().ToString(),
        _ => column.Display(row),
    };

    static void AppendMember(IncrementalHash hash, string? value)
    {
        hash.AppendData([(byte)(value is null ? 0 : 1)]);
        if (value is not null)
        {
            AppendText(hash, value);
        }
    }

    static void AppendText(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AppendNumber(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    static string FirstDigits(IncrementalHash hash) =>
        Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
}
