// recon run --wait: looks again for an input that is missing, until a limit.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model;

namespace Recon.Cli.Waiting;

/// <summary>
/// Runs again while an input is missing. The pause doubles from the first one on, up to five minutes; the last look is at
/// the limit. The limit counts from when this was made, over all packs of a command.
/// </summary>
/// <param name="said">Told before each pause, one line.</param>
sealed partial class InputWait(TimeProvider clock, TimeSpan limit, TimeSpan firstPause, Action<string> said)
{
    internal static readonly TimeSpan DefaultLimit = TimeSpan.FromHours(4);
    internal static readonly TimeSpan DefaultFirstPause = TimeSpan.FromSeconds(5);

    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LongestLimit = TimeSpan.FromHours(24);

    readonly long _start = clock.GetTimestamp();

    /// <exception cref="ReconException">Not of a missing input; or the limit has passed, and it is <see cref="FaultKind.InputMissing"/>.</exception>
    /// <exception cref="OperationCanceledException">At once, also within a pause.</exception>
    internal T Run<T>(Func<T> run, CancellationToken cancellation)
    {
        for (var pause = firstPause; ; pause = Shorter(pause * 2, LongestPause))
        {
            try
            {
                return run();
            }
            catch (ReconException fault) when (fault.Kind == FaultKind.InputMissing)
            {
                pause = Shorter(pause, limit - clock.GetElapsedTime(_start));
                if (pause <= TimeSpan.Zero)
                {
                    throw new ReconException(
                        $"{fault.Message}; it did not come within {Text(limit)}", FaultKind.InputMissing, fault.IsTransient, fault);
                }

                said($"{fault.Message}; looking again in {Text(pause)}");
                Task.Delay(pause, clock, cancellation).GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Reads <c>90s</c>, <c>10m</c> or <c>4h</c>.</summary>
    /// <exception cref="UsageException">Not written so, or not from 1 second to 24 hours.</exception>
    internal static TimeSpan LimitOf(string text) => LengthOf("--wait-limit", text);

    /// <summary>As <see cref="LimitOf"/>, for another option.</summary>
    internal static TimeSpan LengthOf(string option, string text)
    {
        var found = Duration().Match(text);
        var count = found.Success ? int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var limit = count * (found.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromHours(1),
        });
        return limit > TimeSpan.Zero && limit <= LongestLimit ? limit
            : throw new UsageException($"{option} {text}: write a time from 1s to 24h, such as 90s, 10m or 4h");
    }

    static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    // Whole units where they say the same; a pause that was cut to the limit may be a fraction.
    static string Text(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerHour == 0 ? $"{time.Ticks / TimeSpan.TicksPerHour} h"
        : time.Ticks % TimeSpan.TicksPerMinute == 0 ? $"{time.Ticks / TimeSpan.TicksPerMinute} min"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):F0} s");

    [GeneratedRegex("^([0-9]{1,6})(s|m|h)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
