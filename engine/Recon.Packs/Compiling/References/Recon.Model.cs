// What the compiler of rules sees of Recon.Model. Written from the lists of members by a test; not to be edited.
#nullable enable

namespace Recon.Model
{
    public readonly struct Currency
    {
        readonly int _held;
    }

    public readonly struct ExactNumber
    {
        readonly int _held;
        public static extern Recon.Model.ExactNumber From(decimal value);
        public extern decimal ToDecimal();
    }

    public readonly struct Instant
    {
        readonly int _held;
        public static extern bool operator ==(Recon.Model.Instant left, Recon.Model.Instant right);
        public static extern bool operator >(Recon.Model.Instant left, Recon.Model.Instant right);
        public static extern bool operator >=(Recon.Model.Instant left, Recon.Model.Instant right);
        public static extern bool operator !=(Recon.Model.Instant left, Recon.Model.Instant right);
        public static extern bool operator <(Recon.Model.Instant left, Recon.Model.Instant right);
        public static extern bool operator <=(Recon.Model.Instant left, Recon.Model.Instant right);
        public static extern System.TimeSpan operator -(Recon.Model.Instant left, Recon.Model.Instant right);
    }

    public readonly struct Money
    {
        readonly int _held;
        public extern Recon.Model.Money Abs();
        public static extern Recon.Model.Money Of(decimal value, string currency);
        public static extern Recon.Model.Money operator +(Recon.Model.Money left, Recon.Model.Money right);
        public static extern bool operator ==(Recon.Model.Money left, Recon.Model.Money right);
        public static extern bool operator >(Recon.Model.Money left, Recon.Model.Money right);
        public static extern bool operator >=(Recon.Model.Money left, Recon.Model.Money right);
        public static extern bool operator !=(Recon.Model.Money left, Recon.Model.Money right);
        public static extern bool operator <(Recon.Model.Money left, Recon.Model.Money right);
        public static extern bool operator <=(Recon.Model.Money left, Recon.Model.Money right);
        public static extern Recon.Model.Money operator *(Recon.Model.Money left, decimal factor);
        public static extern Recon.Model.Money operator -(Recon.Model.Money left, Recon.Model.Money right);
        public static extern Recon.Model.Money operator -(Recon.Model.Money value);
        public extern string Currency { get; }
        public extern Recon.Model.Currency CurrencyCode { get; }
        public extern bool IsZero { get; }
        public extern Recon.Model.ExactNumber Number { get; }
        public extern decimal Value { get; }
    }

    public sealed class RecordTable
    {
        extern RecordTable();
        public extern System.Collections.Generic.IReadOnlyList<Recon.Model.Columns.Column> Columns { get; }
        public extern int Count { get; }
        public extern Recon.Model.Columns.TextColumn Ids { get; }
    }
}

namespace Recon.Model.Columns
{
    public sealed class AmountColumnBuilder : Recon.Model.Columns.ColumnBuilder
    {
        extern AmountColumnBuilder();
        public extern void Append(Recon.Model.ExactNumber number);
        public extern void Append(Recon.Model.ExactNumber number, Recon.Model.Currency currency);
    }

    public abstract class Column
    {
        extern Column();
        public extern bool IsNull(int row);
    }

    public abstract class ColumnBuilder
    {
        extern ColumnBuilder();
        public virtual extern void AppendNull();
    }

    public sealed class DateColumn : Recon.Model.Columns.Column
    {
        extern DateColumn();
        public extern System.DateOnly Date(int row);
    }

    public sealed class DateColumnBuilder : Recon.Model.Columns.ColumnBuilder
    {
        extern DateColumnBuilder();
        public extern void Append(System.DateOnly date);
    }

    public sealed class InstantColumn : Recon.Model.Columns.Column
    {
        extern InstantColumn();
        public extern Recon.Model.Instant Instant(int row);
    }

    public sealed class InstantColumnBuilder : Recon.Model.Columns.ColumnBuilder
    {
        extern InstantColumnBuilder();
        public extern void Append(Recon.Model.Instant instant);
    }

    public sealed class MoneyColumn : Recon.Model.Columns.ScaledColumn
    {
        extern MoneyColumn();
        public extern Recon.Model.Money Money(int row);
    }

    public sealed class NumberColumn : Recon.Model.Columns.ScaledColumn
    {
        extern NumberColumn();
    }

    public abstract class ScaledColumn : Recon.Model.Columns.Column
    {
        extern ScaledColumn();
        public extern Recon.Model.ExactNumber Number(int row);
    }

    public sealed class TextColumn : Recon.Model.Columns.Column
    {
        extern TextColumn();
        public extern string? Text(int row);
    }

    public sealed class TextColumnBuilder : Recon.Model.Columns.ColumnBuilder
    {
        extern TextColumnBuilder();
        public extern void Append(string? text);
    }
}

namespace Recon.Model.Rules
{
    public delegate void FieldDerivation(Recon.Model.RecordTable table, Recon.Model.Columns.ColumnBuilder target);

    public static class Fn
    {
        public static extern string? After(string? text, string marker);
        public static extern string? Before(string? text, string marker);
        public static extern string? Between(string? text, string start, string end);
        public static extern string? Digits(string? text);
        public static extern string? Extract(string? text, string pattern);
        public static extern bool Matches(string? text, string pattern);
        public static extern bool Same(Recon.Model.Instant? a, Recon.Model.Instant? b, bool nulls);
        public static extern bool Same(Recon.Model.Money? a, Recon.Model.Money? b, bool nulls);
        public static extern bool Same(System.DateOnly? a, System.DateOnly? b, bool nulls);
        public static extern bool Same(decimal? a, decimal? b, bool nulls);
        public static extern bool Same(string? a, string? b, bool nulls);
    }

    public delegate bool GroupPredicate(Recon.Model.RecordTable oneTable, int one, Recon.Model.RecordTable manyTable, System.ReadOnlySpan<int> many);

    public delegate bool GroupsPredicate(Recon.Model.RecordTable left, System.ReadOnlySpan<int> leftRows, Recon.Model.RecordTable right,
        System.ReadOnlySpan<int> rightRows);

    public interface ICompiledRules
    {
        Recon.Model.Rules.FieldDerivation Derivation(Recon.Model.Rules.RuleRef rule);
        Recon.Model.Rules.GroupPredicate Group(Recon.Model.Rules.RuleRef rule);
        Recon.Model.Rules.GroupsPredicate Groups(Recon.Model.Rules.RuleRef rule);
        Recon.Model.Rules.PairPredicate Pair(Recon.Model.Rules.RuleRef rule);
        Recon.Model.Rules.RecordPredicate Record(Recon.Model.Rules.RuleRef rule);
        Recon.Model.Rules.SeveralPredicate Several(Recon.Model.Rules.RuleRef rule);
        Recon.Model.Rules.RuleCosts Costs { get; }
    }

    public sealed class LegSpec
    {
        extern LegSpec();
        public static extern int SideOf(System.Collections.Generic.IReadOnlyList<Recon.Model.RecordTable> tables, string source);
    }

    public sealed class NoCompiledRules : Recon.Model.Rules.ICompiledRules
    {
        extern NoCompiledRules();
        public extern Recon.Model.Rules.FieldDerivation Derivation(Recon.Model.Rules.RuleRef rule);
        public extern Recon.Model.Rules.GroupPredicate Group(Recon.Model.Rules.RuleRef rule);
        public extern Recon.Model.Rules.GroupsPredicate Groups(Recon.Model.Rules.RuleRef rule);
        public extern Recon.Model.Rules.PairPredicate Pair(Recon.Model.Rules.RuleRef rule);
        public extern Recon.Model.Rules.RecordPredicate Record(Recon.Model.Rules.RuleRef rule);
        public extern Recon.Model.Rules.SeveralPredicate Several(Recon.Model.Rules.RuleRef rule);
        public static extern Recon.Model.Rules.NoCompiledRules Instance { get; }
        extern Recon.Model.Rules.RuleCosts Recon.Model.Rules.ICompiledRules.Costs { get; }
    }

    public delegate void PairPredicate(Recon.Model.RecordTable left, Recon.Model.RecordTable right, System.ReadOnlySpan<int> leftRows,
        System.ReadOnlySpan<int> rightRows, System.Span<bool> results);

    public delegate void RecordPredicate(Recon.Model.RecordTable table, System.ReadOnlySpan<int> rows, System.Span<bool> results);

    public sealed class RuleCosts
    {
        public extern RuleCosts();
        public extern Recon.Model.Rules.RuleTotal Of(Recon.Model.Rules.RuleRef rule);
    }

    public sealed class RuleFailedException : System.Exception
    {
        extern RuleFailedException();
        public static extern Recon.Model.Rules.RuleFailedException Of(Recon.Model.Rules.RuleRef rule, Recon.Model.RecordTable left, int leftRow,
            Recon.Model.RecordTable right, int rightRow, System.Exception inner);
        public static extern Recon.Model.Rules.RuleFailedException Of(Recon.Model.Rules.RuleRef rule, Recon.Model.RecordTable oneTable, int one,
            Recon.Model.RecordTable manyTable, System.ReadOnlySpan<int> many, System.Exception inner);
        public static extern Recon.Model.Rules.RuleFailedException Of(Recon.Model.Rules.RuleRef rule, Recon.Model.RecordTable table, int row,
            System.Exception inner);
        public static extern Recon.Model.Rules.RuleFailedException Of(Recon.Model.Rules.RuleRef rule, Recon.Model.RecordTable left,
            System.ReadOnlySpan<int> leftRows, Recon.Model.RecordTable right, System.ReadOnlySpan<int> rightRows, System.Exception inner);
        public static extern Recon.Model.Rules.RuleFailedException Of(Recon.Model.Rules.RuleRef rule,
            System.Collections.Generic.IReadOnlyList<Recon.Model.RecordTable> tables, System.ReadOnlySpan<int> rows, System.Exception inner);
    }

    public sealed class RuleMeter
    {
        public extern RuleMeter(Recon.Model.Rules.RuleTotal total);
        public extern Recon.Model.Rules.RuleMeter Call();
        public extern System.Collections.Generic.IEnumerable<T> Each<T>(System.Collections.Generic.IEnumerable<T> list, int operators);
        public extern void End(long evaluations);
        public extern Recon.Model.Rules.RuleMeter Next();
        public extern System.Collections.Generic.IEnumerable<T> Of<T>(System.Collections.Generic.IEnumerable<T> list, int operators);
        public extern System.Collections.Generic.IReadOnlyList<T> Of<T>(System.Collections.Generic.IReadOnlyList<T> list, int operators);
        public extern T[] Of<T>(T[] list, int operators);
        [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNullAttribute("text")] public extern string? Text(string? text);
    }

    public sealed class RuleRef
    {
        extern RuleRef();
        public extern string Path { get; }
    }

    public sealed class RuleTotal
    {
        extern RuleTotal();
        public extern void Add(long evaluations, long steps, long characters);
    }

    public delegate void SeveralPredicate(System.Collections.Generic.IReadOnlyList<Recon.Model.RecordTable> tables, System.ReadOnlySpan<int> rows,
        System.Span<bool> results);
}
