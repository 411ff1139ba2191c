// One entry of a camt.053 statement, and the rows it stands for.
using System.Globalization;
using Recon.Model;

namespace Recon.Sources.Camt;

/// <summary>A row's cells from <c>amount</c> to <c>batch</c>, and those that stand behind the statement's own.</summary>
sealed record CamtRow(int Line, IReadOnlyList<string?> Cells, string? Charges, string? Instructed);

/// <summary>An <c>Ntry</c> element that has its amount.</summary>
sealed class CamtEntry
{
    static readonly string[] NotePaths =
    [
        "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/CdtrRefInf/CdtrRef", "RmtInf/Strd/AddtlRmtInf",
        "AddtlTxInf",
    ];

    readonly CamtNode _node;
    readonly int _number;
    readonly List<CamtNode> _details;

    CamtEntry(CamtNode node, int number, Money amount)
    {
        _node = node;
        _number = number;
        _details = [.. node.All("NtryDtls").SelectMany(details => details.All("TxDtls"))];
        Amount = amount;
    }

    /// <summary>Signed from our side.</summary>
    public Money Amount { get; }

    /// <summary>True for an entry that moves the balance; a statement's entry without status is booked.</summary>
    public bool IsBooked => Status is null or "BOOK";

    /// <summary>Why no row stands for the entry although its amount is known; null where one does.</summary>
    public string? Defect =>
        Status is not (null or "BOOK" or "PDNG" or "INFO" or "FUTR")
            ? $"the status is '{Files.Printable.Of(Status)}'; expected BOOK, PDNG, INFO or FUTR"
        : Reversal is not (null or "true" or "1" or "false" or "0")
            ? $"the reversal indicator (RvslInd) is '{Files.Printable.Of(Reversal)}'; expected true or false"
        : null;

    string? Status => _node.Text("Sts", "Sts/Cd", "Sts/Prtry");

    string? Reversal => _node.Text("RvslInd");

    bool IsReversal => Reversal is "true" or "1";

    /// <param name="number">Place of the entry in its statement, from 1.</param>
    /// <param name="defect">Why there is no entry, where the result is null.</param>
    public static CamtEntry? Of(CamtNode node, int number, out string? defect) =>
        CamtAmount.Of(node, out defect) is { } amount ? new CamtEntry(node, number, amount) : null;

    /// <summary>One row for each transaction of a batch whose amounts are all given and add up, else one for the entry.</summary>
    public IEnumerable<CamtRow> Rows()
    {
        if (_details.Count > 1 && BatchAmounts() is { } amounts)
        {
            return _details.Select((details, i) => Row(details, amounts[i], details.Line));
        }

        return [Row(_details.Count == 1 ? _details[0] : null, Amount, _node.Line)];
    }

    List<Money>? BatchAmounts()
    {
        var amounts = new List<Money>(_details.Count);
        var sum = new Money(ExactNumber.Zero, Amount.CurrencyCode);
        foreach (var details in _details)
        {
            var indicator = details.Text("CdtDbtInd") ?? _node.Text("CdtDbtInd");
            var amount = details.At("Amt") ?? details.At("AmtDtls/TxAmt/Amt");
            if (CamtAmount.Of(amount, indicator, out _) is not { } given
                || given.CurrencyCode != sum.CurrencyCode)
            {
                return null;
            }

            amounts.Add(given);
            sum += given;
        }

        return sum == Amount ? amounts : null;
    }

    CamtRow Row(CamtNode? details, Money amount, int line)
    {
        var party = Counterparty(details, amount);
        string?[] cells =
        [
            amount.Number.ToString(),
            amount.Currency,
            CamtDate.Of(_node.At("ValDt")),
            CamtDate.Of(_node.At("BookgDt")),
            _node.Text("NtryRef"),
            Reference(details),
            details?.Text("Refs/AcctSvcrRef") ?? _node.Text("AcctSvcrRef"),
            party.Name,
            party.Account,
            Note(details),
            Code(details?.At("BkTxCd")) ?? Code(_node.At("BkTxCd")),
            Status,
            IsReversal ? "true" : "false",
            Batch(),
        ];

        // What the entry says of charges belongs to all of it, not to each row of a batch.
        var whole = details is null || _details.Count == 1 ? _node : null;
        var charges = CamtCharges.Of(details, amount) ?? CamtCharges.Of(whole, amount);
        return new CamtRow(line, cells, charges, Instructed(details) ?? Instructed(whole));
    }

    // The other side of the money: who paid where we received. A reversal keeps the roles of the original.
    (string? Name, string? Account) Counterparty(CamtNode? details, Money amount)
    {
        var paidByOther = amount.Number.Sign >= 0 != IsReversal;
        var role = paidByOther ? "Dbtr" : "Cdtr";
        var parties = details?.At("RltdPties");
        return (
            parties?.Text($"{role}/Nm", $"{role}/Pty/Nm", $"Ultmt{role}/Nm", $"Ultmt{role}/Pty/Nm"),
            parties?.Text($"{role}Acct/Id/IBAN", $"{role}Acct/Id/Othr/Id"));
    }

    static string? Reference(CamtNode? details)
    {
        string[] paths = ["Refs/EndToEndId", "Refs/TxId", "Refs/InstrId", "Refs/ClrSysRef"];
        return paths.Select(path => details?.Text(path))
            .FirstOrDefault(text => text is not null and not "NOTPROVIDED");
    }

    string? Note(CamtNode? details)
    {
        var lines = details?.At("RmtInf")?.All("Ustrd").Select(line => line.Value).OfType<string>() ?? [];
        return string.Join(' ', lines) is { Length: > 0 } note
            ? note
            : details?.Text(NotePaths) ?? _node.Text("AddtlNtryInf");
    }

    static string? Code(CamtNode? code)
    {
        var domain = code?.At("Domn");
        string?[] parts = [domain?.Text("Cd"), domain?.Text("Fmly/Cd"), domain?.Text("Fmly/SubFmlyCd")];
        return parts[0] is null ? code?.Text("Prtry/Cd") : string.Join('/', parts.OfType<string>());
    }

    string? Batch()
    {
        var batch = _node.All("NtryDtls").Select(details => details.At("Btch"))
            .FirstOrDefault(found => found is not null);
        if (_details.Count < 2 && batch is null)
        {
            return null;
        }

        return _node.Text("NtryRef", "AcctSvcrRef") ?? batch?.Text("PmtInfId", "MsgId")
            ?? _number.ToString(CultureInfo.InvariantCulture);
    }

    string? Instructed(CamtNode? node)
    {
        var amount = node?.At("AmtDtls/InstdAmt/Amt");
        return amount?.Value is { } text && amount.Currency is { } currency && currency != Amount.Currency
            ? $"{text} {currency}"
            : null;
    }
}
