// What the compiler of rules sees of System.Private.CoreLib. Written from the lists of members by a test; not to be edited.
#nullable enable

namespace System
{
    public abstract class Array : System.Collections.IEnumerable
    {
        extern Array();
        public extern int Length { get; }
    }

    public abstract class Attribute
    {
        protected extern Attribute();
    }

    public readonly struct Boolean { }
    public readonly struct Byte { }

    public readonly struct Char
    {
        public static extern bool IsAsciiDigit(char c);
        public static extern bool IsAsciiLetter(char c);
        public static extern bool IsAsciiLetterLower(char c);
        public static extern bool IsAsciiLetterOrDigit(char c);
        public static extern bool IsAsciiLetterUpper(char c);
        public static extern bool IsDigit(char c);
        public static extern bool IsWhiteSpace(char c);
        public override extern string ToString();
    }

    public readonly struct DateOnly
    {
        readonly int _held;
        public extern System.DateOnly AddDays(int value);
        public extern System.DateOnly AddMonths(int value);
        public static extern bool operator ==(System.DateOnly left, System.DateOnly right);
        public static extern bool operator >(System.DateOnly left, System.DateOnly right);
        public static extern bool operator >=(System.DateOnly left, System.DateOnly right);
        public static extern bool operator !=(System.DateOnly left, System.DateOnly right);
        public static extern bool operator <(System.DateOnly left, System.DateOnly right);
        public static extern bool operator <=(System.DateOnly left, System.DateOnly right);
        public extern int Day { get; }
        public extern int DayNumber { get; }
        public extern System.DayOfWeek DayOfWeek { get; }
        public extern int Month { get; }
        public extern int Year { get; }
    }

    public enum DayOfWeek
    {
        Sunday = 0,
        Monday = 1,
        Tuesday = 2,
        Wednesday = 3,
        Thursday = 4,
        Friday = 5,
        Saturday = 6,
    }

    public readonly struct Decimal
    {
        public const decimal MaxValue = 79228162514264337593543950335m;
        public const decimal MinValue = -79228162514264337593543950335m;
        public const decimal MinusOne = -1m;
        public const decimal One = 1m;
        public const decimal Zero = 0m;
        public extern Decimal(int value);
        public extern Decimal(int lo, int mid, int hi, bool isNegative, byte scale);
        public extern Decimal(long value);
        public extern Decimal(uint value);
        public extern Decimal(ulong value);
        public static extern decimal Round(decimal d, int decimals);
        public static extern decimal operator +(decimal d1, decimal d2);
        public static extern decimal operator /(decimal d1, decimal d2);
        public static extern bool operator ==(decimal d1, decimal d2);
        public static extern explicit operator int(decimal value);
        public static extern explicit operator long(decimal value);
        public static extern bool operator >(decimal d1, decimal d2);
        public static extern bool operator >=(decimal d1, decimal d2);
        public static extern implicit operator decimal(char value);
        public static extern implicit operator decimal(int value);
        public static extern implicit operator decimal(long value);
        public static extern bool operator !=(decimal d1, decimal d2);
        public static extern bool operator <(decimal d1, decimal d2);
        public static extern bool operator <=(decimal d1, decimal d2);
        public static extern decimal operator %(decimal d1, decimal d2);
        public static extern decimal operator *(decimal d1, decimal d2);
        public static extern decimal operator -(decimal d1, decimal d2);
        public static extern decimal operator -(decimal d);
        public static extern decimal operator +(decimal d);
    }

    public abstract class Delegate
    {
        extern Delegate();
    }

    public readonly struct Double { }

    public abstract class Enum : System.ValueType
    {
        extern Enum();
    }

    public class Exception
    {
        extern Exception();
    }

    public delegate TResult Func<in T, out TResult>(T arg);
    public readonly struct Int16 { }

    public readonly struct Int32
    {
        public override extern string ToString();
    }

    public readonly struct Int64
    {
        public override extern string ToString();
    }

    public readonly struct IntPtr { }

    public class InvalidOperationException : System.SystemException
    {
        public extern InvalidOperationException();
    }

    public static class Math
    {
        public static extern decimal Abs(decimal value);
        public static extern int Abs(int value);
        public static extern long Abs(long value);
        public static extern decimal Ceiling(decimal d);
        public static extern decimal Floor(decimal d);
        public static extern decimal Max(decimal val1, decimal val2);
        public static extern int Max(int val1, int val2);
        public static extern long Max(long val1, long val2);
        public static extern decimal Min(decimal val1, decimal val2);
        public static extern int Min(int val1, int val2);
        public static extern long Min(long val1, long val2);
        public static extern decimal Round(decimal d);
        public static extern decimal Round(decimal d, int decimals);
        public static extern decimal Round(decimal d, int decimals, System.MidpointRounding mode);
        public static extern decimal Truncate(decimal d);
    }

    public enum MidpointRounding
    {
        ToEven = 0,
        AwayFromZero = 1,
        ToZero = 2,
        ToNegativeInfinity = 3,
        ToPositiveInfinity = 4,
    }

    public abstract class MulticastDelegate : System.Delegate
    {
        extern MulticastDelegate();
    }

    public struct Nullable<T> where T : struct
    {
        readonly int _held;
        public extern Nullable(T value);
        public extern T GetValueOrDefault();
        public extern bool HasValue { get; }
        public extern T Value { get; }
    }

    public class Object
    {
        public extern Object();
        public virtual extern bool Equals(object? obj);
        public virtual extern int GetHashCode();
        public virtual extern string? ToString();
    }

    public sealed class ParamArrayAttribute : System.Attribute
    {
        public extern ParamArrayAttribute();
    }

    public readonly ref struct ReadOnlySpan<T>
    {
        readonly int _held;
        public extern ReadOnlySpan(ref readonly T reference);
        public extern System.ReadOnlySpan<T> Slice(int start, int length);
        public extern ref readonly T this[int index] { get; }
        public extern int Length { get; }
    }

    public struct RuntimeFieldHandle { }
    public readonly struct SByte { }
    public readonly struct Single { }

    public readonly ref struct Span<T>
    {
        readonly int _held;
        public extern ref T this[int index] { get; }
        public extern int Length { get; }
    }

    public sealed class String : System.Collections.Generic.IEnumerable<char>
    {
        extern String();
        public static readonly string Empty;
        public static extern string Concat(System.ReadOnlySpan<char> str0, System.ReadOnlySpan<char> str1);
        public static extern string Concat(System.ReadOnlySpan<char> str0, System.ReadOnlySpan<char> str1, System.ReadOnlySpan<char> str2);
        public static extern string Concat(System.ReadOnlySpan<char> str0, System.ReadOnlySpan<char> str1, System.ReadOnlySpan<char> str2,
            System.ReadOnlySpan<char> str3);
        public static extern string Concat(string? str0, string? str1);
        public static extern string Concat(string? str0, string? str1, string? str2);
        public static extern string Concat(string? str0, string? str1, string? str2, string? str3);
        public static extern string Concat(params string?[] values);
        public extern bool Contains(string value, System.StringComparison comparisonType);
        public extern bool EndsWith(string value, System.StringComparison comparisonType);
        public static extern bool Equals(string? a, string? b, System.StringComparison comparisonType);
        public extern bool Equals([System.Diagnostics.CodeAnalysis.NotNullWhenAttribute(true)] string? value, System.StringComparison comparisonType);
        public extern int IndexOf(string value, System.StringComparison comparisonType);
        public static extern bool IsNullOrEmpty([System.Diagnostics.CodeAnalysis.NotNullWhenAttribute(false)] string? value);
        public static extern bool IsNullOrWhiteSpace([System.Diagnostics.CodeAnalysis.NotNullWhenAttribute(false)] string? value);
        public extern string Replace(string oldValue, string? newValue);
        public extern string[] Split(char separator, System.StringSplitOptions options = (System.StringSplitOptions)0);
        public extern bool StartsWith(string value, System.StringComparison comparisonType);
        public extern string Substring(int startIndex);
        public extern string Substring(int startIndex, int length);
        public extern string ToLowerInvariant();
        public extern string ToUpperInvariant();
        public extern string Trim();
        public extern string TrimEnd();
        public extern string TrimStart();
        public static extern bool operator ==(string? a, string? b);
        public static extern implicit operator System.ReadOnlySpan<char>(string? value);
        public static extern bool operator !=(string? a, string? b);
        [System.Runtime.CompilerServices.IndexerName("Chars")] public extern char this[int index] { get; }
        public extern int Length { get; }
    }

    public enum StringComparison
    {
        Ordinal = 4,
        OrdinalIgnoreCase = 5,
    }

    public enum StringSplitOptions
    {
        None = 0,
        RemoveEmptyEntries = 1,
        TrimEntries = 2,
    }

    public class SystemException : System.Exception
    {
        extern SystemException();
    }

    public readonly struct TimeSpan
    {
        readonly int _held;
        public extern System.TimeSpan Duration();
        public static extern System.TimeSpan FromDays(int days);
        public static extern System.TimeSpan FromHours(int hours);
        public static extern System.TimeSpan FromMinutes(long minutes);
        public static extern System.TimeSpan FromSeconds(long seconds);
        public static extern bool operator ==(System.TimeSpan t1, System.TimeSpan t2);
        public static extern bool operator >(System.TimeSpan t1, System.TimeSpan t2);
        public static extern bool operator >=(System.TimeSpan t1, System.TimeSpan t2);
        public static extern bool operator !=(System.TimeSpan t1, System.TimeSpan t2);
        public static extern bool operator <(System.TimeSpan t1, System.TimeSpan t2);
        public static extern bool operator <=(System.TimeSpan t1, System.TimeSpan t2);
        public extern int Days { get; }
    }

    public readonly struct UInt16 { }
    public readonly struct UInt32 { }
    public readonly struct UInt64 { }
    public readonly struct UIntPtr { }

    public struct ValueTuple<T1, T2>
    {
        readonly int _held;
        public T1 Item1;
        public T2 Item2;
        public extern ValueTuple(T1 item1, T2 item2);
    }

    public struct ValueTuple<T1, T2, T3>
    {
        readonly int _held;
        public T1 Item1;
        public T2 Item2;
        public T3 Item3;
        public extern ValueTuple(T1 item1, T2 item2, T3 item3);
    }

    public struct ValueTuple<T1, T2, T3, T4>
    {
        readonly int _held;
        public T1 Item1;
        public T2 Item2;
        public T3 Item3;
        public T4 Item4;
        public extern ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4);
    }

    public struct ValueTuple<T1, T2, T3, T4, T5>
    {
        readonly int _held;
        public T1 Item1;
        public T2 Item2;
        public T3 Item3;
        public T4 Item4;
        public T5 Item5;
        public extern ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5);
    }

    public abstract class ValueType
    {
        extern ValueType();
    }

    public struct Void { }
}

namespace System.Collections
{
    public interface IEnumerable { }
}

namespace System.Collections.Generic
{
    public interface IEnumerable<out T> : System.Collections.IEnumerable { }

    public interface IReadOnlyCollection<out T> : System.Collections.Generic.IEnumerable<T>
    {
        int Count { get; }
    }

    public interface IReadOnlyList<out T> : System.Collections.Generic.IReadOnlyCollection<T>
    {
        T this[int index] { get; }
    }
}

namespace System.Diagnostics
{
    public sealed class DebuggableAttribute : System.Attribute
    {
        public extern DebuggableAttribute(System.Diagnostics.DebuggableAttribute.DebuggingModes modes);
        public enum DebuggingModes { }
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    public sealed class NotNullIfNotNullAttribute : System.Attribute
    {
        public extern NotNullIfNotNullAttribute(string parameterName);
    }

    public sealed class NotNullWhenAttribute : System.Attribute
    {
        public extern NotNullWhenAttribute(bool returnValue);
    }
}

namespace System.Reflection
{
    public sealed class DefaultMemberAttribute : System.Attribute
    {
        public extern DefaultMemberAttribute(string memberName);
    }
}

namespace System.Runtime.CompilerServices
{
    public class CompilationRelaxationsAttribute : System.Attribute
    {
        public extern CompilationRelaxationsAttribute(int relaxations);
    }

    public sealed class CompilerGeneratedAttribute : System.Attribute
    {
        public extern CompilerGeneratedAttribute();
    }

    public sealed class DecimalConstantAttribute : System.Attribute
    {
        public extern DecimalConstantAttribute(byte scale, byte sign, uint hi, uint mid, uint low);
    }

    public ref struct DefaultInterpolatedStringHandler
    {
        readonly int _held;
        public extern DefaultInterpolatedStringHandler(int literalLength, int formattedCount);
        public extern void AppendFormatted(string? value);
        public extern void AppendFormatted<T>(T value);
        public extern void AppendLiteral(string value);
        public extern string ToStringAndClear();
    }

    public sealed class ExtensionAttribute : System.Attribute
    {
        public extern ExtensionAttribute();
    }

    public sealed class IndexerNameAttribute : System.Attribute
    {
        public extern IndexerNameAttribute(string indexerName);
    }

    public sealed class IsReadOnlyAttribute : System.Attribute
    {
        public extern IsReadOnlyAttribute();
    }

    public sealed class NullableAttribute : System.Attribute
    {
        public extern NullableAttribute(byte value);
        public extern NullableAttribute(byte[] value);
    }

    public sealed class NullableContextAttribute : System.Attribute
    {
        public extern NullableContextAttribute(byte value);
    }

    public sealed class RefSafetyRulesAttribute : System.Attribute
    {
        public extern RefSafetyRulesAttribute(int version);
    }

    public sealed class RuntimeCompatibilityAttribute : System.Attribute
    {
        public extern RuntimeCompatibilityAttribute();
        public extern bool WrapNonExceptionThrows { get; set; }
    }

    public static class RuntimeHelpers
    {
        public static extern void InitializeArray(System.Array array, System.RuntimeFieldHandle fldHandle);
    }

    public sealed class SwitchExpressionException : System.InvalidOperationException
    {
        public extern SwitchExpressionException();
        public extern SwitchExpressionException(object? unmatchedValue);
    }
}

namespace System.Runtime.InteropServices
{
    public sealed class InAttribute : System.Attribute
    {
        extern InAttribute();
    }
}
