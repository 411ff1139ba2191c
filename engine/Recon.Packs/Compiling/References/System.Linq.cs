// What the compiler of rules sees of System.Linq. Written from the lists of members by a test; not to be edited.
#nullable enable

namespace System.Linq
{
    public static class Enumerable
    {
        public static extern bool All<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, bool> predicate);
        public static extern bool Any<TSource>(this System.Collections.Generic.IEnumerable<TSource> source);
        public static extern bool Any<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, bool> predicate);
        public static extern bool Contains<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, TSource value);
        public static extern int Count<TSource>(this System.Collections.Generic.IEnumerable<TSource> source);
        public static extern int Count<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, bool> predicate);
        public static extern System.Collections.Generic.IEnumerable<TSource> Distinct<TSource>(this System.Collections.Generic.IEnumerable<TSource> source);
        public static extern TSource First<TSource>(this System.Collections.Generic.IEnumerable<TSource> source);
        public static extern TSource First<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, bool> predicate);
        public static extern decimal Max(this System.Collections.Generic.IEnumerable<decimal> source);
        public static extern int Max(this System.Collections.Generic.IEnumerable<int> source);
        public static extern TSource? Max<TSource>(this System.Collections.Generic.IEnumerable<TSource> source);
        public static extern decimal Max<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, decimal> selector);
        public static extern int Max<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, int> selector);
        public static extern decimal? Max<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, decimal?> selector);
        public static extern TResult? Max<TSource, TResult>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource,
            TResult> selector);
        public static extern decimal Min(this System.Collections.Generic.IEnumerable<decimal> source);
        public static extern int Min(this System.Collections.Generic.IEnumerable<int> source);
        public static extern TSource? Min<TSource>(this System.Collections.Generic.IEnumerable<TSource> source);
        public static extern decimal Min<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, decimal> selector);
        public static extern int Min<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, int> selector);
        public static extern decimal? Min<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, decimal?> selector);
        public static extern TResult? Min<TSource, TResult>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource,
            TResult> selector);
        public static extern System.Collections.Generic.IEnumerable<TResult> Select<TSource,
            TResult>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, TResult> selector);
        public static extern TSource Single<TSource>(this System.Collections.Generic.IEnumerable<TSource> source);
        public static extern TSource Single<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, bool> predicate);
        public static extern decimal Sum(this System.Collections.Generic.IEnumerable<decimal> source);
        public static extern int Sum(this System.Collections.Generic.IEnumerable<int> source);
        public static extern long Sum(this System.Collections.Generic.IEnumerable<long> source);
        public static extern decimal? Sum(this System.Collections.Generic.IEnumerable<decimal?> source);
        public static extern decimal Sum<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, decimal> selector);
        public static extern int Sum<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, int> selector);
        public static extern long Sum<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, long> selector);
        public static extern decimal? Sum<TSource>(this System.Collections.Generic.IEnumerable<TSource> source, System.Func<TSource, decimal?> selector);
        public static extern System.Collections.Generic.IEnumerable<TSource> Where<TSource>(this System.Collections.Generic.IEnumerable<TSource> source,
            System.Func<TSource, bool> predicate);
    }
}
