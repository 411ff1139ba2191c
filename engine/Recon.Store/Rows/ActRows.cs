// Acts of people as rows; the audit chain says each of them in full.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Acting;
using Recon.Runs.Ports;

namespace Recon.Store.Rows;

static class ActRows
{
    /// <inheritdoc cref="IRunStore.Act"/>
    /// <param name="guard">Called last where a run is undone: whether the process may still write this pack and date.</param>
    public static ActOutcome Record(Database database, ActRequest request, Action<string, DateOnly> guard)
    {
        using var transaction = database.BeginWrite();
        var outcome = ActLedger.Decide(
            request,
            request.Key is { } key ? UnderKey(database, key) : null,
            OfPack(database, request.Act.PackId),
            database.All(database.Sql["acts.last_number"], row => row.Number(0))[0] + 1);
        if (!outcome.WasRecorded)
        {
            Demand(request.ObjectionOfRuns(RunRows.OfPack(database, request.Act.PackId).ConvertAll(run => run.Head)));
            Add(database, outcome.Act);
            Move(database, request.Move, outcome.Act);
            if (request.Undoing is { } undoing)
            {
                Undo(database, undoing, outcome.Act);
                guard(outcome.Act.PackId, outcome.Act.BusinessDate);
            }

            transaction.Commit();
        }

        return outcome;
    }

    // The posting that the act is about must be as the person saw it; with enough approvals it is queued.
    static void Move(Database database, PostingMove? move, Act act)
    {
        if (move is null)
        {
            return;
        }

        var now = PostingRows.Earlier(database, [move.Key]).GetValueOrDefault(move.Key);
        Demand(move.Objection(now, PostingRows.SaidBy(database, move.Key, move.Effect)));
        if (move.IsDue(OfPack(database, act.PackId)))
        {
            PostingEventRows.Add(database, move.Key, move.Effect, nameof(PostingState.Queued), $"approved by act {act.Number}", act.At, act.By);
        }
    }

    static void Demand(string? objection)
    {
        if (objection is not null)
        {
            throw new ReconException(objection, FaultKind.InputWrong);
        }
    }

    static void Undo(Database database, RunUndoing undoing, Act act)
    {
        undoing.Demand(PostingRows.Earlier(database, [.. undoing.Seen.Keys]));
        foreach (var posting in undoing.Withdrawn)
        {
            PostingEventRows.Add(database, posting.Key, posting.Effect, nameof(PostingState.Withdrawn), posting.Reason!, act.At, act.By);
        }

        using var bulk = new RunBulk(undoing.Submission, files: null);
        RunWriter.Add(database, undoing.Submission, bulk);
    }

    /// <summary>Null where there is none.</summary>
    public static Act? UnderKey(Database database, string key) => database.FirstOrNull(database.Sql["acts.by_key"], Read, key);

    /// <summary>The acts on a pack, in their order.</summary>
    public static List<Act> OfPack(Database database, string packId) => database.All(database.Sql["acts.of_pack"], Read, packId);

    /// <summary>Null where the rows are what the audit chain says, value by value.</summary>
    /// <param name="recorded">The chain's entries about acts, in their order.</param>
    public static string? FirstFault(Database database, IReadOnlyList<AuditEntry> recorded)
    {
        var place = 0;
        string? fault = null;
        using var acts = database.Prepare(database.Sql["acts.all"]);
        acts.ForEach(row =>
        {
            var entry = place < recorded.Count ? recorded[place] : null;
            place++;
            if (entry is null || !IsAsRecorded(row, entry))
            {
                fault ??= $"act {row.Value(0) as long? ?? place} of a person is not what the audit entry says";
            }
        });
        return fault ?? (place == recorded.Count ? null : $"act {place + 1} of a person was recorded, but is not there");
    }

    // What cannot be read is not what was written, either.
    static bool IsAsRecorded(Row row, AuditEntry entry)
    {
        try
        {
            var act = Read(row);
            return (row.Text(6), row.Text(7)) == (act.Kind.ToString(), ActDetailJson.Write(act.Detail))
                && (entry.Payload, entry.Who, entry.At) == (ActPayload.Of(act).Write(), act.By, row.Text(9));
        }
        catch (ReconException)
        {
            return false;
        }
    }

    static void Add(Database database, Act act)
    {
        database.Execute(
            database.Sql["acts.add"], act.Number, act.Key, act.Effect, act.PackId, act.BusinessDate, act.Subject, act.Kind.ToString(),
            ActDetailJson.Write(act.Detail), act.Reason, act.At, act.By);
        AuditRows.Append(database, act.At, act.By, AuditChain.Action.PersonActed, ActPayload.Of(act).Write());
    }

    static Act Read(Row row) => new(
        row.Number(0), row.Text(1), row.Text(2), row.Text(3), row.Date(4), row.Text(5), row.Choice<ActKind>(6),
        ActDetailJson.Read(row.Text(7)) ?? throw row.Damaged(7), row.TextOrNull(8), row.Moment(9), row.Text(10));
}
