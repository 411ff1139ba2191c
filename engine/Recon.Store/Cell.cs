// One value on its way into a column, without a box around numbers.
namespace Recon.Store;

/// <summary>A number, a text, bytes or NULL.</summary>
readonly struct Cell
{
    readonly object? _value;

    Cell(object? value) => _value = value;

    Cell(long number) => (_value, Number) = (Numeric, number);

    static object Numeric { get; } = new();

    public bool IsNumber => ReferenceEquals(_value, Numeric);

    public bool IsNull => _value is null;

    /// <summary>0 where it is none.</summary>
    public long Number { get; }

    /// <summary>Null where it is none.</summary>
    public string? Text => _value as string;

    /// <summary>Null where it is none.</summary>
    public byte[]? Bytes => _value as byte[];

    public static implicit operator Cell(long number) => new(number);

    public static implicit operator Cell(long? number) => number is { } value ? new Cell(value) : default;

    public static implicit operator Cell(string? text) => new(text);

    public static implicit operator Cell(byte[] bytes) => new(bytes);
}
