// Reads one Stmt element: account, balances, entries, and what the entries add up to.
using System.Globalization;
using System.Xml;
using Recon.Model;
using Recon.Sources.Tables;

namespace Recon.Sources.Camt;

sealed class CamtStatement(TableBuilder table, int line)
{
    readonly List<CamtNode> _balances = [];
    readonly Footing _footing = new();
    readonly int _index = table.NextStatement;
    string? _id;
    string? _electronicNumber;
    string? _legalNumber;
    string? _account;
    string? _accountCurrency;
    int _entries;
    string _space = "";

    public void Read(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            throw table.Fault(line, "the statement (Stmt) is empty");
        }

        _space = reader.NamespaceURI;
        reader.ReadStartElement();
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            CamtBounds.ThrowIfForeign(reader, _space);
            ReadChild(reader);
        }

        CamtBounds.ThrowIfText(reader);
        reader.ReadEndElement();
        var opening = Balance("OPBD") ?? Balance("PRCD");
        var closing = Balance("CLBD");
        var movements = _footing.Movements(opening, closing);
        table.Statement(new Statement(
            table.File, line, _account ?? "", _id ?? Sequence ?? "", opening, closing, movements,
            _footing.Entries)
        {
            MovementsNote = _footing.Note(opening, closing),
        });
    }

    string? Sequence => _electronicNumber ?? _legalNumber;

    void ReadChild(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "Id":
                _id = CamtNode.Read(reader).Value;
                break;
            case "ElctrncSeqNb":
                _electronicNumber = CamtNode.Read(reader).Value;
                break;
            case "LglSeqNb":
                _legalNumber = CamtNode.Read(reader).Value;
                break;
            case "Acct":
                var account = CamtNode.Read(reader);
                _account = account.Text("Id/IBAN", "Id/Othr/Id");
                _accountCurrency = account.Text("Ccy");
                break;
            case "Bal":
                _balances.Add(CamtNode.Read(reader));
                break;
            case "Ntry":
                ReadEntry(CamtNode.Read(reader));
                break;
            default:
                CamtBounds.Skip(reader);
                break;
        }
    }

    void ReadEntry(CamtNode node)
    {
        _entries++;
        var entry = CamtEntry.Of(node, _entries, out var defect);
        if (entry is null)
        {
            table.Reject(node.Line, defect!, Content(node));
            return;
        }

        if (entry.IsBooked)
        {
            _footing.Add(entry.Amount, node.Line);
        }

        if (entry.Defect is { } unusable)
        {
            table.Reject(node.Line, unusable, Content(node));
            return;
        }

        foreach (var row in entry.Rows())
        {
            string?[] cells =
            [
                .. row.Cells, _account, _accountCurrency, _id, Sequence, row.Charges, row.Instructed,
            ];
            table.Row(cells, row.Line, _index);
        }
    }

    static string Content(CamtNode node)
    {
        var amount = node.At("Amt");
        string?[] parts =
        [
            node.Text("NtryRef", "AcctSvcrRef"), amount?.Value, amount?.Currency, node.Text("CdtDbtInd"),
            node.Text("BookgDt/Dt", "BookgDt/DtTm"), node.Text("AddtlNtryInf"),
        ];
        return Files.Printable.Of(string.Join(' ', parts.Where(part => part is not null)));
    }

    // An account may state a balance in several currencies: that of the account counts, else the first.
    Balance? Balance(string code)
    {
        var all = _balances.Where(balance => balance.Text("Tp/CdOrPrtry/Cd") == code).ToList();
        var chosen = all.Find(balance => balance.At("Amt")?.Currency == _accountCurrency)
            ?? all.FirstOrDefault();
        if (chosen is null)
        {
            return null;
        }

        var balance = Read(chosen, code);
        foreach (var other in all.Where(other => other.At("Amt")?.Currency == chosen.At("Amt")?.Currency))
        {
            if (Read(other, code) != balance)
            {
                throw table.Fault(other.Line, $"a second balance {code}, other than that of line {chosen.Line}");
            }
        }

        return balance;
    }

    Balance Read(CamtNode chosen, string code)
    {
        if (CamtAmount.Of(chosen, out var defect) is not { } amount)
        {
            throw table.Fault(chosen.Line, $"the balance {code} cannot be read: {defect}");
        }

        var written = CamtDate.Of(chosen.At("Dt"));
        return DateOnly.TryParseExact(
            written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new Balance(amount, date)
            : throw table.Fault(chosen.Line, $"the balance {code} has no date: '{Files.Printable.Of(written ?? "")}'");
    }
}
