// One MT940 message, field by field: one page of a statement with its two balances.
using Recon.Model;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources.Mt940;

sealed class Mt940Statement(TableBuilder table, int line)
{
    readonly List<(Mt940Field Entry, List<Mt940Field> Details)> _entries = [];
    string _account = "";
    string _number = "";
    Balance? _opening;
    Balance? _closing;
    int _closingLine;
    bool _isContinuation;
    bool _isContinued;

    /// <summary>True where the field opens the next page, which has no reference (:20:) of its own.</summary>
    public bool IsPageEndedBy(Mt940Field field) =>
        _closing is not null && (field.Tag is "21" or "25" or "25P" or ['2', '8', ..] or ['6', '0', ..]);

    public bool TakesEntries => _closing is null;

    /// <summary>A page that follows without a reference of its own, of the same account.</summary>
    public Mt940Statement NextPage(int nextLine) =>
        new(table, nextLine) { _account = _account, _number = _number };

    public void Take(Mt940Field field)
    {
        switch (field.Tag)
        {
            case "25" or "25P" when _entries.Count > 0 || _opening is not null:
                const string Reason = "an account in the middle of a statement; expected :61:, :86: or :62F:";
                table.Reject(field.Line, Reason, Content(field));
                break;
            case "25" or "25P":
                TakeAccount(field);
                break;
            case "28" or "28C" or "28D":
                _number = field.First.Trim();
                break;
            case ['6', '0', ..]:
                TakeOpening(field);
                break;
            case "61" or Mt940Field.Mistagged:
                TakeEntry(field);
                break;
            case "86" or "NS" when _entries.Count > 0 && _closing is null:
                _entries[^1].Details.Add(field);
                break;
            case ['6', '2', ..]:
                TakeClosing(field);
                break;
            default:
                break;
        }
    }

    /// <summary>Writes the rows and the statement.</summary>
    public void Finish()
    {
        if (_closing is null)
        {
            throw table.Fault(line,
                "half-written: the statement that begins here has no closing balance (:62F: or :62M:)");
        }

        var footing = new Footing();
        var currency = (_opening ?? _closing).Amount.CurrencyCode;
        var (number, sequence) = NumberParts();
        foreach (var (field, details) in _entries)
        {
            if (field.Tag == Mt940Field.Mistagged)
            {
                table.Reject(field.Line, "an entry behind a tag that MT940 does not have; expected :61:", Content(field));
                continue;
            }

            var entry = Mt940Entry.Of(field, out var defect);
            if (entry?.Amount is { } amount)
            {
                footing.Add(new Money(amount, currency), field.Line);
            }

            if (entry is null || defect is not null)
            {
                table.Reject(field.Line, defect!, Content(field));
                continue;
            }

            var said = Mt940Details.Of(details, entry);
            var cells = entry.Cells(currency.Code, said, _account, number, sequence);
            table.Row(cells, field.Line, table.NextStatement);
        }

        table.Statement(new Statement(table.File, line, _account, _number, _opening, _closing,
            footing.Movements(_opening, _closing), footing.Entries)
        {
            IsContinuation = _isContinuation,
            IsContinued = _isContinued,
        });
    }

    // :25P: has a second line, the BIC.
    void TakeAccount(Mt940Field field)
    {
        _account = field.First.Trim();
        var known = field.Tag == "25P" ? 2 : 1;
        if (field.Lines.Skip(known).Any(text => !string.IsNullOrWhiteSpace(text)))
        {
            table.Reject(field.Line, $"text below the account :{field.Tag}:; expected :28C: or :60F:", Content(field));
        }
    }

    void TakeOpening(Mt940Field field)
    {
        if (_opening is not null)
        {
            throw table.Fault(field.Line,
                "a second opening balance before the closing balance (:62F: or :62M:)");
        }

        _opening = Mt940Balance.Of(field, table);
        _isContinuation = field.Tag == "60M";
    }

    void TakeClosing(Mt940Field field)
    {
        if (_closing is not null)
        {
            throw table.Fault(field.Line, $"a second closing balance, after that of line {_closingLine}");
        }

        _closing = Mt940Balance.Of(field, table);
        _closingLine = field.Line;
        _isContinued = field.Tag == "62M";
    }

    void TakeEntry(Mt940Field field)
    {
        if (_closing is not null)
        {
            throw table.Fault(field.Line,
                $"an entry (:61:) behind the closing balance of line {_closingLine}");
        }

        _entries.Add((field, []));
    }

    (string? Number, string? Sequence) NumberParts()
    {
        var slash = _number.IndexOf('/', StringComparison.Ordinal);
        var (number, sequence) = slash < 0 ? (_number, "") : (_number[..slash], _number[(slash + 1)..]);
        return (number.Length > 0 ? number : null, sequence.Length > 0 ? sequence : null);
    }

    /// <summary>The field as it stands in the file, printable.</summary>
    public static string Content(Mt940Field field)
    {
        var tag = field.Tag is Mt940Field.Stray or Mt940Field.Mistagged ? "" : $":{field.Tag}:";
        return Printable.Of($"{tag}{string.Join('\n', field.Lines).TrimEnd()}");
    }
}
