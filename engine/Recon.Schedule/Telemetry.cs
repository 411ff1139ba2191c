// Measures runs, and sends traces and metrics to a collector where one is named.
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Recon.Runs;
using Recon.Runs.Scheduling;

namespace Recon.Schedule;

/// <summary>
/// A span <c>run</c> for each attempt, with a span for each stage within it (<c>read</c>, <c>normalise</c>, <c>match</c>, <c>judge</c>,
/// <c>record</c>), and the metrics <c>recon.runs</c>, <c>recon.run.duration</c>, <c>recon.stage.duration</c>, <c>recon.due.running</c>.
/// </summary>
/// <remarks>The variables of the OpenTelemetry specification say where they go; without OTEL_EXPORTER_OTLP_ENDPOINT nowhere.</remarks>
public sealed class Telemetry : IDisposable
{
    const string Name = "Recon";
    const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    readonly ActivitySource _source = new(Name);
    readonly Meter _meter = new(Name);
    readonly Counter<long> _runs;
    readonly Histogram<double> _runSeconds;
    readonly Histogram<double> _stageSeconds;
    readonly TracerProvider? _traces;
    readonly MeterProvider? _metrics;

    public Telemetry(string node, Func<int> running)
    {
        _runs = _meter.CreateCounter<long>("recon.runs", "{run}", "Attempts by pack and how they ended");
        _runSeconds = _meter.CreateHistogram<double>("recon.run.duration", "s", "How long attempts took");
        _stageSeconds = _meter.CreateHistogram<double>("recon.stage.duration", "s", "How long the stages of recorded runs took");
        _meter.CreateObservableGauge("recon.due.running", running, "{run}", "Runs in hand on this node");
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
        {
            return;
        }

        var resource = ResourceBuilder.CreateDefault().AddService("recon", serviceInstanceId: node);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Name, StageClock.SourceName).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Name).AddOtlpExporter().Build();
    }

    /// <summary>One attempt under its span.</summary>
    public DueEnd Measure(DueRun due, Func<(DueEnd End, IReadOnlyList<(RunStage Stage, TimeSpan Took)> Stages)> attempt)
    {
        using var span = _source.StartActivity("run");
        span?.SetTag("recon.pack", due.PackId).SetTag("recon.business_date", due.BusinessDate.ToString("O", null));
        var begun = Stopwatch.GetTimestamp();
        var (end, stages) = attempt();
        var word = Word(end);
        span?.SetTag("recon.end", word).SetStatus(end is DueEnd.Fault ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        var (pack, ended) = (new KeyValuePair<string, object?>("recon.pack", due.PackId), new KeyValuePair<string, object?>("recon.end", word));
        _runs.Add(1, pack, ended);
        _runSeconds.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, pack, ended);
        foreach (var (stage, took) in stages)
        {
            _stageSeconds.Record(took.TotalSeconds, pack, new("recon.stage", StageClock.NameOf(stage)));
        }

        return end;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        _meter.Dispose();
        _source.Dispose();
    }

    static string Word(DueEnd end) => end switch
    {
        DueEnd.Recorded => "recorded",
        DueEnd.Missing => "missing",
        DueEnd.Busy => "busy",
        DueEnd.GivenBack => "given-back",
        _ => "fault",
    };
}
