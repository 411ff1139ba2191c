// Completes a connection with what is secret in it, at the moment it is opened.
using System.Data.Common;
using Recon.Model;
using Recon.Packs;
using Recon.Sandbox;

namespace Recon.Cli.Workspaces;

/// <summary>Secrets are environment variables, looked up by the names that the workspace gives; no message ever quotes one.</summary>
static class ConnectionSecrets
{
    static readonly string[] PasswordWords = ["password", "pwd"];

    /// <param name="directory">Where the path of an SQLite file begins.</param>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.InputWrong"/>: a variable is not set, the workspace file holds a password, or the text is no connection string.
    /// </exception>
    internal static Connection Complete(string name, ConnectionSpec spec, string directory)
    {
        if (Confined.Current is not null)
        {
            throw Wrong(name, "untrusted rules reach no database; freeze its rows with 'recon snapshot make' and name them with --data");
        }

        var isSecret = spec.Text.StartsWith(ConnectionSpec.SecretPrefix, StringComparison.Ordinal);
        var text = isSecret ? Secret(name, spec.Text[ConnectionSpec.SecretPrefix.Length..]) : spec.Text;
        return new Connection(
            name, spec.Server, spec.Server == DatabaseServer.Sqlite ? Path.GetFullPath(Path.Combine(directory, text)) : Text(name, spec, text, isSecret))
        {
            CommandTimeout = spec.CommandTimeout,
            IsSerializable = spec.IsSerializable,
        };
    }

    static string Text(string name, ConnectionSpec spec, string text, bool isSecret)
    {
        var words = WordsOf(name, text);
        if (!isSecret && PasswordWords.Any(words.ContainsKey))
        {
            throw Wrong(name, "a password does not stand in a file; write password: secret:NAME and put it into the environment variable NAME");
        }

        if (spec.Password is { } variable)
        {
            words["Password"] = Secret(name, variable);
        }

        var (connect, command) = TimeoutWords(spec.Server);
        Limit(words, connect, spec.ConnectTimeout);
        Limit(words, command, spec.CommandTimeout);
        return words.ConnectionString;
    }

    // As the drivers call them; what recon.yaml says wins over what the string says.
    static (string Connect, string Command) TimeoutWords(DatabaseServer server) => server switch
    {
        DatabaseServer.PostgreSql => ("Timeout", "Command Timeout"),
        DatabaseServer.SqlServer => ("Connect Timeout", "Command Timeout"),
        _ => ("Connection Timeout", "Default Command Timeout"),
    };

    static void Limit(DbConnectionStringBuilder words, string word, TimeSpan? longest)
    {
        if (longest is { } length)
        {
            words[word] = (int)length.TotalSeconds;
        }
    }

    static DbConnectionStringBuilder WordsOf(string name, string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw Wrong(name, "what it says is no connection string; write Host=…;Database=…;Username=… (SQL Server: Server=…;Database=…;User Id=…)");
        }
    }

    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: the variable is not set.</exception>
    internal static string Secret(string name, string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
        ? value
        : throw Wrong(name, $"the environment variable {variable} is not set; secret:{variable} names it");

    static ReconException Wrong(string name, string why) => new($"connection {name}: {why}", FaultKind.InputWrong);
}
