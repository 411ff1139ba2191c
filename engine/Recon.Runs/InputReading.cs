// Reads the sources of a run through an open session, and their fields while the rows come by.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;

namespace Recon.Runs;

/// <summary>A table with what was read of its fields already; null where nobody took them.</summary>
sealed record ReadInput(RawTable Table, TakenRows? Taken);

/// <param name="isRecorded">True for a run that is recorded: it needs the content of what it settles.</param>
sealed class InputReading(
    ReadingSession session, RunRequest request, bool isRecorded, Action<StageProgress>? progress, CancellationToken cancellation)
{
    readonly Pack _pack = request.Pack;
    readonly ReadInput[] _inputs = new ReadInput[request.Pack.Sources.Count];

    /// <summary>All sources in the order of the pack, side by side.</summary>
    /// <exception cref="ReconException">The faults of all of them.</exception>
    public ReadInput[] All()
    {
        var parts = Parts();
        var faults = new ReconException?[parts.Count];
        Parallel.For(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = request.Threads, CancellationToken = cancellation }, i =>
        {
            try
            {
                parts[i]();
            }
            catch (ReconException fault)
            {
                faults[i] = fault;
            }
        });

        return (faults.OfType<JoinUndoneException>().FirstOrDefault() ?? ReadFaults.Joined(faults)) is { } fault ? throw fault : _inputs;
    }

    // What is read one after the other: the sources of a join together, every other source by itself.
    List<Action> Parts()
    {
        var joins = session.CanJoin && request.NotJoined is null ? _pack.Passes.Where(pass => pass.IsPushedDown).ToList() : [];
        var alone = _pack.Sources.Where(source => !joins.Exists(pass => pass.Leg.Sources.Contains(source)));
        return [.. joins.Select(pass => (Action)(() => ReadJoined(pass))), .. alone.Select(source => (Action)(() => Read(source)))];
    }

    void Read(SourceSpec source)
    {
        using var intake = IntakeOf(source);
        var table = session.Read(source, RequestOf(source, intake), cancellation);
        _inputs[source.Index] = new ReadInput(table, intake.Taken(request.Threads));
    }

    void ReadJoined(PassSpec pass)
    {
        using var left = IntakeOf(pass.Left);
        using var right = IntakeOf(pass.Right);
        var tables = session.ReadJoined(ServerJoin.Of(_pack, pass), RequestOf(pass.Left, left), RequestOf(pass.Right, right), cancellation);
        _inputs[pass.Left.Index] = new ReadInput(tables.Left, left.Taken(request.Threads));
        _inputs[pass.Right.Index] = new ReadInput(tables.Right, right.Taken(request.Threads));
    }

    // Where not the whole row is its content, that is hashed when it is asked for.
    FieldIntake IntakeOf(SourceSpec source) => new(
        source, AskedFields.Of(_pack, source), isRecorded && PushDown.Of(_pack, source) is null, request.HashSeed, request.Memory.Columns,
        cancellation);

    ReadRequest RequestOf(SourceSpec source, FieldIntake intake) => new(
        _pack.Id,
        request.BusinessDate,
        bytes => progress?.Invoke(new StageProgress(RunStage.Read, source.Name, null, bytes)))
    {
        Intake = intake.Take,
        Threads = request.Threads,
        Memory = request.Memory.Columns,
        NotJoined = PushDown.Of(_pack, source) is null ? null : request.NotJoined,
    };
}
