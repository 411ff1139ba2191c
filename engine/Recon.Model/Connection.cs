// A database that a workspace names, ready to be opened.
namespace Recon.Model;

/// <summary>Which protocol and which SQL a connection speaks.</summary>
public enum DatabaseServer
{
    /// <summary>SQL Server 2019 or later, or a server of its protocol.</summary>
    SqlServer,

    /// <summary>PostgreSQL 13 or later.</summary>
    PostgreSql,

    MySql,

    /// <summary>A file.</summary>
    Sqlite,
}

/// <param name="Name">As the workspace has it: the only word for the connection in messages.</param>
/// <param name="Text">
/// The connection string with what was secret in it, or the absolute path of an SQLite file. It goes to the driver and nowhere else.
/// </param>
public sealed record Connection(string Name, DatabaseServer Server, string Text)
{
    /// <summary>How long one question to a source may take; null for the standard.</summary>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>SQL Server: sources are read under locks that writers wait for, instead of as of one moment.</summary>
    public bool IsSerializable { get; init; }

    /// <summary>Without <see cref="Text"/>: a log may quote it.</summary>
    public override string ToString() => $"connection {Name}";
}
