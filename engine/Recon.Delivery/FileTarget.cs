// Books that take postings as lines of a file.
using System.Text.Json;
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Delivery;

/// <summary>
/// A file of JSON lines that grows: one posting a line, each key once. Whoever takes the lines into the books may move the file away only
/// together with its keys: a key that is not in it is written again.
/// </summary>
/// <param name="path">The file; made with its folder where it is not there.</param>
/// <param name="shown">The path as people know it.</param>
/// <param name="syncFolder">Makes the list of files of a folder survive a loss of power.</param>
public sealed class FileTarget(string path, string shown, Action<string> syncFolder) : IPostingTarget
{
    public string Name => $"file {shown}";

    /// <summary>Appends those whose key is not in the file, and syncs it: when this returns they are on the disk.</summary>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.Storage"/>: the file cannot be written, transient where another process has it; <see cref="FaultKind.InputWrong"/>: a line
    /// of it is no posting of Recon.
    /// </exception>
    public IReadOnlyList<TargetAnswer> Post(IReadOnlyList<OutboxPosting> postings, CancellationToken cancellation)
    {
        try
        {
            return Append(postings);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReconException($"{shown}: {fault.Message}", FaultKind.Storage, isTransient: true, inner: fault);
        }
    }

    TargetAnswer[] Append(IReadOnlyList<OutboxPosting> postings)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (!file.CanSeek)
        {
            throw new ReconException($"{shown}: this is a pipe; name a file", FaultKind.Storage);
        }

        var (known, end, isOpen) = Known(file);
        file.SetLength(end);
        file.Position = end;
        var answers = new TargetAnswer[postings.Count];
        using var lines = new MemoryStream();
        lines.Write(isOpen ? "\n"u8 : []);
        for (var i = 0; i < answers.Length; i++)
        {
            var posting = postings[i];
            if (known.TryGetValue(posting.Key, out var effect))
            {
                answers[i] = effect == posting.Effect
                    ? new TargetAnswer(DeliveryState.Acknowledged, "it has the key already")
                    : new TargetAnswer(DeliveryState.Failed, "the file has this key with another effect");
                continue;
            }

            known.Add(posting.Key, posting.Effect);
            PostingJson.Write(lines, posting);
            lines.WriteByte((byte)'\n');
            answers[i] = new TargetAnswer(DeliveryState.Acknowledged, "written and synced");
        }

        lines.WriteTo(file);
        file.Flush(flushToDisk: true);
        syncFolder(folder);
        return answers;
    }

    /// <summary>The effects by key of the whole postings, where the last of them ends, and whether it lacks its line end.</summary>
    (Dictionary<string, string> Effects, long End, bool IsOpen) Known(FileStream file)
    {
        var effects = new Dictionary<string, string>(StringComparer.Ordinal);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var (start, number) = (0, 0);
        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            number++;
            var (key, effect) = Identity(bytes.AsMemory(start, end - start), number);
            effects.TryAdd(key, effect);
            start = end + 1;
        }

        // What begins as a posting and is not whole was being written when somebody pulled the plug; nothing else is taken away.
        var rest = bytes.AsMemory(start);
        if (rest.IsEmpty || (IsBegun(rest.Span) && !IsWhole(rest)))
        {
            return (effects, start, IsOpen: false);
        }

        var (last, effectOfLast) = Identity(rest, number + 1);
        effects.TryAdd(last, effectOfLast);
        return (effects, bytes.Length, IsOpen: true);
    }

    static bool IsBegun(ReadOnlySpan<byte> line)
    {
        var begin = "{\"key\":\""u8;
        return line.Length < begin.Length ? begin.StartsWith(line) : line.StartsWith(begin);
    }

    static bool IsWhole(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static string Text(JsonDocument json, string name) =>
        json.RootElement.GetProperty(name).GetString() ?? throw new KeyNotFoundException($"{name} is null");

    (string Key, string Effect) Identity(ReadOnlyMemory<byte> line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return (Text(json, "key"), Text(json, "effect"));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ReconException(
                $"{shown}, line {number}: this is no posting of Recon; name a file that nothing else writes", FaultKind.InputWrong, inner: fault);
        }
    }
}
